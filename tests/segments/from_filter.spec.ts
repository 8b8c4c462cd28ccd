import { test } from '@japa/runner'
import { row, sql } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { aUser } from '#tests/support/people'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const filter = JSON.stringify({ logic: 'and', of: [{ field: 'surname', operator: 'equal', value: ['Сегментова'] }] })
const asked = (object = 'user', conditions = filter) => new URLSearchParams({ object, filter: conditions }).toString()

test.group('A segment out of a filter', (group) => {
  rolledBack(group)

  test('is offered beside a filter in force, to those who may make segments', async ({ assert }) => {
    const list = `/users?${new URLSearchParams({ filter })}`
    const marketer = await signedIn('marketer')
    assert.include((await marketer.get(list)).words, '/segments/from-filter?')
    assert.notInclude((await marketer.get('/users')).words, '/segments/from-filter?')

    const viewer = await signedIn('viewer')
    assert.notInclude((await viewer.get(list)).words, '/segments/from-filter?')
    assert.equal((await viewer.get(`/segments/from-filter?${asked()}`)).status, 403)
    assert.equal((await viewer.post('/segments/from-filter', { object: 'user', filter, name: 'X' })).status, 403)
  })

  test('is offered only where its rows can be segmented', async ({ assert }) => {
    const marketer = await signedIn('marketer')
    const named = JSON.stringify({ logic: 'and', of: [{ field: 'name', operator: 'contains', value: ['а'] }] })
    assert.notInclude((await marketer.get(`/segments?${new URLSearchParams({ filter: named })}`)).words, '/segments/from-filter?')
    assert.equal((await marketer.get(`/segments/from-filter?${asked('segment', named)}`)).status, 404)
    assert.equal((await marketer.get('/segments/from-filter?object=nothing')).status, 404)
  })

  test('knows its base and conditions, asks for a name, and is counted', async ({ assert }) => {
    await aUser({ surname: 'Сегментова' })
    const marketer = await signedIn('marketer')
    const form = await marketer.get(`/segments/from-filter?${asked()}`)
    assert.include(form.words, 'Surname = “Сегментова”')
    assert.match(form.words, /href="\/users\?filter=[^"]+"/)

    const made = await marketer.post('/segments/from-filter', { object: 'user', filter, name: 'Из фильтра' })
    assert.equal(made.status, 303)
    const id = Number(/\/segments\/(\d+)/.exec(made.headers.get('location')!)![1])
    const segment = await row<{ object: string; filter: unknown; runs: number }>(
      sql`select object, filter, (select count(*) from job_runs where subject_object = 'segment' and subject_id = s.id) as runs from segments s where id = ${id}`
    )
    assert.deepEqual(segment, { object: 'user', filter: JSON.parse(filter), runs: 1 })
  })

  test('tells what is wrong at the name, and keeps what was filtered', async ({ assert }) => {
    const marketer = await signedIn('marketer')
    await marketer.get('/users')
    const refused = await marketer.post('/segments/from-filter', { object: 'user', filter, name: ' ' })
    assert.equal(refused.status, 422)
    assert.match(refused.words, /aria-invalid="true"/)
    assert.include(refused.words, 'Surname = “Сегментова”')
    for (const hostile of ['{', '{"logic":"and","of":[{"field":"password","operator":"equal","value":["x"]}]}']) {
      assert.equal((await marketer.post('/segments/from-filter', { object: 'user', filter: hostile, name: 'X' })).status, 422)
    }
  })
})

async function signedIn(role: string) {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role })).email)
  return visitor
}
