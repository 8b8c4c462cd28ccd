import { test } from '@japa/runner'
import { outdateAttributes, refreshAttributes } from '#core/attributes'
import { identifier, row, sql, transaction } from '#core/database'
import { compile } from '#core/filters'
import { edit, find, InvalidFields, objects, plain, remove, type Values } from '#core/objects'
import { a, aUser, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'

const user = () => objects.get('user')

test.group('Attributes', (group) => {
  rolledBack(group)
  group.teardown(async () => {
    await outdateAttributes()
    await refreshAttributes()
  })

  async function anAttribute(name: string, type: string) {
    const id = await a('attribute', { object: 'user', name, label: name, type })
    await refreshAttributes()
    return id
  }

  test('are written, read, changed and emptied like any field', async ({ assert }) => {
    await anAttribute('householdSize', 'integer')
    await anAttribute('age', 'text')
    const id = await aUser({ householdSize: 4, age: '45-54' })
    const values = async () => (await find(user(), id, plain, ['householdSize', 'age'])) as Values
    assert.containsSubset(await values(), { householdSize: 4, age: '45-54' })

    await transaction((trx) => edit(user(), id, { householdSize: 5 }, nobody, trx))
    assert.containsSubset(await values(), { householdSize: 5, age: '45-54' })
    await transaction((trx) => edit(user(), id, { age: null }, nobody, trx))
    assert.containsSubset(await values(), { householdSize: 5, age: null })
  })

  test('are compared in their own type', async ({ assert }) => {
    await anAttribute('size', 'integer')
    const big = await aUser({ size: 10 })
    await aUser({ size: 9 })
    await aUser()

    const filter = { logic: 'and' as const, of: [{ field: 'size', operator: 'greater', value: ['9'] }] }
    const where = compile(filter, user(), { timezone: 'UTC' })
    const found = await row(sql`select array_agg(t.id) as ids from ${identifier('users')} t where ${where}`)
    assert.deepEqual(found, { ids: [big] })
  })

  test('do not take the name of a field, nor one that is no name: {$self}')
    .with(['surname', 'Surname', 'a b', "x'y", '__proto__', 'ёж'])
    .run(async ({ assert }, name) => {
      const refused = await a('attribute', { object: 'user', name, label: 'x', type: 'text' }).catch((error) => error)
      assert.instanceOf(refused, InvalidFields)
      assert.property(refused.errors, 'name')
    })

  test('stay while a row holds a value', async ({ assert }) => {
    const id = await anAttribute('income', 'text')
    const someone = await aUser({ income: '35-49K' })
    const deletion = () => transaction((trx) => remove(objects.get('attribute'), id, nobody, trx))
    await assert.rejects(deletion, /AttributeInUse/)

    await transaction((trx) => edit(user(), someone, { income: null }, nobody, trx))
    await deletion()
    await refreshAttributes()
    assert.isFalse(user().fields.has('income'))
  })
})
