import { test } from '@japa/runner'
import { describe, type FilterNode } from '#core/filters'
import { objects, plain } from '#core/objects'
import { a, aReceipt, aUser } from '#tests/support/people'
import { aRole, rolesForgotten } from '#tests/support/roles'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { subjectsOf } from '../../../app/core/filters/subjects.js'
import { prefilled } from '../../../app/core/screens/record/prefilled.js'

const receiptsOf = (where: FilterNode[] = []): FilterNode => ({ relation: 'receipts', operator: 'exists', where: { logic: 'and', of: where } })
const asked = (path: string, ...of: FilterNode[]) => `/${path}?${new URLSearchParams({ filter: JSON.stringify({ logic: 'and', of }) })}`

test.group('Filters and objects that a role may not read', (group) => {
  rolledBack(group)
  rolesForgotten(group)

  async function someoneWho(reads: string[]) {
    const role = await aRole('narrow', Object.fromEntries(reads.map((object) => [object, ['read']])))
    const visitor = new Visitor()
    await visitor.signIn((await aMemberOfStaff({ role })).email)
    return visitor
  }

  test('related rows are not asked about, nor what a reference leads to', async ({ assert }) => {
    const visitor = await someoneWho(['outlet', 'receipt'])
    assert.equal((await visitor.get(asked('outlets', receiptsOf()))).status, 200)
    const far: FilterNode = { field: 'user.externalId', operator: 'startsWith', value: ['t'] }
    assert.equal((await visitor.get(asked('receipts', far))).status, 422)
    assert.equal((await visitor.get(asked('outlets', receiptsOf([far])))).status, 422)
  })

  test('neither are they counted or summed, and nobody is offered them', async ({ assert }) => {
    const visitor = await someoneWho(['outlet'])
    for (const more of [{}, { operator: 'count', compare: 'atLeast', value: ['1'] }, { operator: 'sum', field: 'total', compare: 'atLeast', value: ['1'] }]) {
      const refused = await visitor.get(asked('outlets', { relation: 'receipts', operator: 'exists', ...more }))
      assert.equal(refused.status, 422, JSON.stringify(more))
    }
    const offered = subjectsOf(objects.get('outlet'), { ...plain, reads: (name) => name === 'outlet' }).flatMap(({ options }) => options)
    assert.include(offered.map(({ value }) => value), 'code')
    assert.notInclude(offered.map(({ value }) => value).join(), '@receipts')
  })

  test('no form tells the title of such a row by its id', async ({ assert }) => {
    const outlet = await a('outlet', { code: 'told', name: 'Лавка на углу' })
    const shown = async (reads: boolean) => (await prefilled(objects.get('receipt'), { outlet: String(outlet) }, { ...plain, reads: () => reads })).shown
    assert.lengthOf(await shown(true), 1)
    assert.deepEqual(await shown(false), [])
  })

  test('a stored filter that asks of them is told without its values', async ({ assert }) => {
    const user = await aUser({ externalId: 'told' })
    await aReceipt(user)
    const far: FilterNode = { field: 'user.externalId', operator: 'equal', value: ['told'] }
    const one: FilterNode = { field: 'user', operator: 'equal', value: [String(user)] }
    const words = await describe({ logic: 'and', of: [far, one] }, objects.get('receipt'), { ...plain, reads: (name) => name !== 'user', t: saying })
    assert.include(words, '•••')
    assert.include(words, `№ ${user}`)
    assert.notInclude(words, 'told')
  })
})

const saying = (key: string, values: Record<string, unknown> = {}) => [key, ...Object.values(values)].join(' ')
