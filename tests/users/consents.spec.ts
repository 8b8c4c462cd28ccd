import { test } from '@japa/runner'
import { resubscribe, unsubscribe } from '#app/users'
import { execute, rows, sql, transaction } from '#core/database'
import { edit, objects } from '#core/objects'
import { aUser, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'

const log = (user: number) =>
  rows<{ kind: string; value: boolean }>(sql`select kind, value from consent_log where user_id = ${user} order by id`)

test.group('Consents', (group) => {
  rolledBack(group)

  test('an agreement and its withdrawal are each written once', async ({ assert }) => {
    const user = await aUser({ personalDataAgree: true, communicationAgree: false })
    const set = (communicationAgree: boolean) =>
      transaction((trx) => edit(objects.get('user'), user, { communicationAgree }, nobody, trx))
    await set(true)
    await set(true)
    await set(false)

    assert.deepEqual(await log(user), [
      { kind: 'personal_data', value: true },
      { kind: 'communication', value: true },
      { kind: 'communication', value: false },
    ])
  })

  test('nobody changes or deletes what the log says', async ({ assert }) => {
    const user = await aUser()
    for (const change of [
      sql`update consent_log set value = false where user_id = ${user}`,
      sql`delete from consent_log where user_id = ${user}`,
    ]) {
      await assert.rejects(() => transaction((trx) => execute(change, trx)), /only ever added/)
    }
  })

  test('unsubscribing twice leaves one row, one word in the log and one event', async ({ assert }) => {
    const userId = await aUser({ personalDataAgree: false, communicationAgree: false })
    const subject = { userId, channelId: await idOf('channel', 'email'), categoryId: null }

    assert.isTrue(await unsubscribe(subject, { source: 'one_click' }))
    assert.isFalse(await unsubscribe(subject, { source: 'one_click' }))
    assert.deepEqual(await log(userId), [{ kind: 'unsubscribe', value: true }])
    assert.lengthOf(await rows(sql`select id from user_events where user_id = ${userId}`), 1)

    assert.isTrue(await resubscribe(subject, { source: 'preferences' }))
    assert.lengthOf(await rows(sql`select id from user_unsubscribes where user_id = ${userId}`), 0)
  })
})
