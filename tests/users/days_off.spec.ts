import { test } from '@japa/runner'
import { execute, row, sql, transaction } from '#core/database'
import { edit, objects, remove } from '#core/objects'
import { a, aUser, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

/** Days after a start, as PostgreSQL counts them. */
const after = async (start: string, days = 10) => (await row<{ day: string }>(sql`select working_days_after(${start}::date, ${days}) as day`))!.day

const aDay = (day: string, kind: 'off' | 'working' = 'off') => a('day_off', { day, kind, name: day })

test.group('Days off', (group) => {
  rolledBack(group)

  test('F39 ten working days leave weekends out, and without a book nothing else', async ({ assert }) => {
    assert.equal(await after('2026-04-24'), '2026-05-08')
    assert.equal(await after('2026-04-25'), '2026-05-08')
  })

  test('F39 holidays are not counted, and a Saturday that is worked is', async ({ assert }) => {
    await aDay('2026-05-01')
    await aDay('2026-05-08')
    assert.equal(await after('2026-04-24'), '2026-05-12')
    await aDay('2026-05-09', 'working')
    assert.equal(await after('2026-04-24'), '2026-05-11')
  })

  test('whole weeks off in January are passed over', async ({ assert }) => {
    for (let day = 1; day <= 31; day += 1) await aDay(`2027-01-${String(day).padStart(2, '0')}`)
    assert.equal(await after('2026-12-31', 1), '2027-02-01')
  })

  test('F39 a request that waits is due anew when the book changes; one that is done stays as it was', async ({ assert }) => {
    const made = async (state: string) => {
      const id = await a('privacy_request', { user: await aUser(), kind: 'export', reason: 'letter' })
      const done = state === 'done' ? sql`, done_at = now()` : sql``
      await execute(sql`update privacy_requests set created_at = '2026-04-24T12:00Z', due_on = '2026-05-08', state = ${state}${done} where id = ${id}`)
      return id
    }
    const dueOn = async (id: number) => (await row<{ due: string }>(sql`select due_on as due from privacy_requests where id = ${id}`))!.due
    const [open, done] = [await made('open'), await made('done')]
    const id = await aDay('2026-05-01')
    assert.deepEqual([await dueOn(open), await dueOn(done)], ['2026-05-11', '2026-05-08'])
    await transaction((trx) => edit(objects.get('day_off'), id, { day: '2026-05-02' }, nobody, trx))
    assert.equal(await dueOn(open), '2026-05-08')
    await aDay('2026-05-04')
    await transaction(async (trx) => remove(objects.get('day_off'), id, nobody, trx))
    assert.equal(await dueOn(open), '2026-05-11')
  })

  test('an administrator fills the book, a day stands in it once, and an empty one says what it is for', async ({ assert }) => {
    const boss = new Visitor()
    await boss.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
    assert.include((await boss.get('/days-off')).words, 'Only Saturdays and Sundays are known')
    await boss.post('/days-off', { day: '2026-06-12', name: 'Russia Day', kind: 'off' })
    assert.include((await boss.get('/days-off')).words, 'Russia Day')
    assert.equal((await boss.post('/days-off', { day: '2026-06-12', name: 'Again', kind: 'off' })).status, 422)
    assert.include((await boss.get('/imports/create?object=day_off')).words, 'type="file"')

    const viewer = new Visitor()
    await viewer.signIn((await aMemberOfStaff({ role: 'viewer' })).email)
    assert.equal((await viewer.get('/days-off')).status, 403)
  })
})
