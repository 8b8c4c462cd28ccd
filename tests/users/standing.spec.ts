import { test } from '@japa/runner'
import { admitUser, block, claimIdentifier, markAsFraud, unblock, UserBlocked, UserGone, UserIsFraud } from '#app/users'
import { execute, row, rows, sql, transaction } from '#core/database'
import { edit, find, objects, plain } from '#core/objects'
import { importRules } from '../../app/users/import_users.js'
import { liftBlocks } from '../../app/users/standing/lift_blocks_job.js'
import { a, aUser, anEmail, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'

const admitted = (id: number) => transaction((trx) => admitUser(id, trx)).then(() => true, (error) => error)
const standing = async (id: number) => (await find(objects.get('user'), id, plain, ['standing']))!.standing
const inAnHour = () => new Date(Date.now() + 3_600_000)
const anHourAgo = () => new Date(Date.now() - 3_600_000)

test.group('Standing of a customer (F29)', (group) => {
  rolledBack(group)

  test('a customer is served until somebody blocks them, and again after that', async ({ assert }) => {
    const user = await aUser()
    assert.isTrue(await admitted(user))
    await transaction((trx) => block(user, { until: inAnHour(), reason: 'Asked support for it' }, nobody, trx))
    assert.instanceOf(await admitted(user), UserBlocked)
    assert.equal(await standing(user), 'blocked')
    await transaction((trx) => unblock(user, nobody, trx))
    assert.isTrue(await admitted(user))
  })

  test('a block lifts by itself: at once for who asks, and in the status by the daily job', async ({ assert }) => {
    const [over, lasting, endless] = [await aUser(), await aUser(), await aUser()]
    for (const [user, until] of [[over, anHourAgo()], [lasting, inAnHour()], [endless, null]] as const) {
      await transaction((trx) => block(user, { until }, nobody, trx))
    }
    assert.isTrue(await admitted(over))
    assert.equal(await standing(over), 'active')

    assert.equal(await transaction(liftBlocks), 1)
    const status = async (id: number) => (await find(objects.get('user'), id, plain, ['status']))!.status as { id: number }
    assert.equal((await status(over)).id, await idOf('user_status', 'active'))
    assert.equal((await status(lasting)).id, await idOf('user_status', 'blocked'))
    assert.equal((await status(endless)).id, await idOf('user_status', 'blocked'))
    const told = await row<{ changes: { after: unknown } }>(
      sql`select changes from audit_log where object = 'user' and record_id = ${over} order by id desc limit 1`
    )
    assert.deepInclude(told!.changes.after, { blockedUntil: null })
  })

  test('a fraudster is served no more, and their addresses are taken for nobody else', async ({ assert }) => {
    const fraudster = await aUser()
    await anEmail(fraudster, 'cheat@example.com')
    await transaction((trx) => markAsFraud(fraudster, 'Ten accounts', nobody, trx))
    assert.instanceOf(await admitted(fraudster), UserIsFraud)
    const fresh = await aUser()
    const refused = await transaction((trx) => claimIdentifier({ userId: fresh, type: 'email', value: 'cheat@example.com' }, trx)).catch((error) => error)
    assert.equal(refused.errors?.value.code, 'anotherOwner')
  })

  test('F29 of a fraudster a confirmed or an active address is refused to others, what they only claim is not', async ({ assert }) => {
    const [fraudster, fresh] = [await aUser(), await aUser()]
    const claim = (userId: number, type: string, value: string) =>
      transaction((trx) => claimIdentifier({ userId, type, value }, trx)).catch((error) => error)
    await anEmail(fraudster, 'confirmed@example.com')
    assert.deepInclude(await claim(fraudster, 'email', 'claimed@example.com'), { confirmed: false, active: false })
    assert.deepInclude(await claim(fraudster, 'phone', '+79160000007'), { confirmed: false, active: true })
    await transaction((trx) => markAsFraud(fraudster, 'Ten accounts', nobody, trx))
    for (const [type, value] of [['email', 'confirmed@example.com'], ['phone', '+79160000007']]) {
      assert.equal((await claim(fresh, type, value)).errors?.value.code, 'anotherOwner', value)
    }
    assert.isTrue((await claim(fresh, 'email', 'claimed@example.com')).created)
  })

  test('F29 an address in the stop list is given to nobody, by claim, by hand or by file; who has it keeps it', async ({ assert }) => {
    const [holder, fresh] = [await aUser(), await aUser()]
    await anEmail(holder, 'held@example.com')
    for (const value of ['held@example.com', 'stopped@example.com']) await a('stop_list_entry', { type: 'email', value })
    const claim = (userId: number, value: string) => transaction((trx) => claimIdentifier({ userId, type: 'email', value }, trx)).catch((error) => error)
    assert.equal((await claim(holder, 'Held@Example.com')).created, false)
    assert.equal((await claim(fresh, 'Stopped@example.com')).errors?.value.code, 'stopped')
    const byHand = await anEmail(fresh, 'stopped@example.com').catch((error) => error)
    assert.equal(byHand.errors?.value.code, 'stopped')

    const brought = (line: number, user: number, email: string) => sql`select ${line}::bigint as line, ${user}::bigint as id, ${String(line)} as key, ${email} as email`
    const stage = sql`(${brought(1, holder, 'held@example.com')} union all ${brought(2, fresh, 'stopped@example.com')} union all ${brought(3, fresh, 'free@example.com')})`
    const refused = await rows<{ line: number; code: string }>(importRules.refuse!(stage, ['email']))
    assert.deepEqual(refused.filter(({ code }) => code === 'stopped'), [{ line: 2, field: 'email', code: 'stopped' }] as never)
  })

  test('nobody is served who is deleted, erased or unknown', async ({ assert }) => {
    const [trashed, erased] = [await aUser(), await aUser()]
    await execute(sql`update users set deleted_at = now() where id = ${trashed}`)
    await execute(sql`update users set status_id = ${await idOf('user_status', 'deleted')} where id = ${erased}`)
    for (const id of [trashed, erased, 999_999_999]) assert.instanceOf(await admitted(id), UserGone)
  })

  test('another status by hand forgets how long and why the last one was', async ({ assert }) => {
    const user = await aUser()
    await transaction((trx) => block(user, { until: inAnHour(), reason: 'Why' }, nobody, trx))
    const status = await idOf('user_status', 'active')
    await transaction((trx) => edit(objects.get('user'), user, { status }, nobody, trx))
    assert.deepInclude(await find(objects.get('user'), user, plain, ['blockedUntil', 'statusReason']), { blockedUntil: null, statusReason: null })
  })
})
