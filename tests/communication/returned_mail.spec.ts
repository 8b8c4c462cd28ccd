import { test } from '@japa/runner'
import { Webhook } from 'standardwebhooks'
import { execute, row, rows, sql } from '#core/database'
import { transaction } from '#core/database'
import { edit, InvalidFields, objects } from '#core/objects'
import { newSigningSecret, sealed } from '#core/secrets'
import { anEmail, aUser, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { parseReports } from '../../app/communication/intake/parse_reports.js'
import { takeIn } from '../../app/communication/intake/take_in.js'
import { makeToken } from '../../app/communication/tracking/token.js'
import { aCommunication, aProvider } from './support/sending.js'
import { returnedMail } from './support/returned_mail.js'

const bounce = returnedMail[0]
const complaint = returnedMail.find(({ means }) => means === 'complaint')!
const soft = returnedMail.find(({ means }) => means === 'soft_bounce')!

/** A mail that was sent, without sending it. */
async function aDelivery() {
  const user = await aUser()
  const identifier = await anEmail(user)
  const communication = await aCommunication()
  const address = `user${user}@example.com`
  const send = (await row<{ id: number }>(sql`insert into sends (communication_id, state) values (${communication}, 'finished') returning id`))!.id
  await execute(
    sql`insert into deliveries (send_id, communication_id, user_id, identifier_id, address, state, sent_at)
      values (${send}, ${communication}, ${user}, ${identifier}, ${address}, 'sent', now())`
  )
  const token = makeToken({ sendId: send, userId: user, identifierId: identifier }, 'message')
  return { user, identifier, address, send, messageId: `<${token}@example.com>` }
}

async function identifierOf(id: number) {
  return (await row<{ deliverable: string }>(sql`select deliverable from user_identifiers where id = ${id}`))!.deliverable
}

test.group('Returned mail', (group) => {
  rolledBack(group)

  test('M-03 class and address are right, and what is unknown is soft: {by}')
    .with(returnedMail)
    .run(async ({ assert }, { raw, means }) => {
      const reports = await parseReports(Buffer.from(raw('<abc@example.com>', 'user1@example.com')))
      assert.deepEqual(reports.map(({ kind }) => kind), means ? [means] : [])
      for (const { address, messageId } of reports) {
        assert.isTrue(address === 'user1@example.com' || messageId === '<abc@example.com>')
      }
    })

  test('one bounce blocks the address, and handed in twice it counts once', async ({ assert }) => {
    const { raw } = bounce
    const delivery = await aDelivery()
    const mailbox = Buffer.from(`From x Sat Nov 21 2026\n${raw(delivery.messageId, 'other@example.com')}`)
    assert.containsSubset(await takeIn(mailbox), { messages: 1, hard_bounce: 1 })
    assert.containsSubset(await takeIn(mailbox), { messages: 1, hard_bounce: 0, repeated: 1 })
    assert.equal(await identifierOf(delivery.identifier), 'blocked')
    const [{ state }] = await rows<{ state: string }>(sql`select state from deliveries where send_id = ${delivery.send}`)
    assert.equal(state, 'bounced')
  })

  test('a complaint blocks and unsubscribes, a soft bounce is only remembered', async ({ assert }) => {
    const [angry, full] = [await aDelivery(), await aDelivery()]
    await takeIn(Buffer.from(complaint.raw(angry.messageId, angry.address)))
    await takeIn(Buffer.from(soft.raw(full.messageId, full.address)))
    assert.equal(await identifierOf(angry.identifier), 'blocked')
    assert.equal(await identifierOf(full.identifier), 'soft')
    const left = await rows<{ user_id: number; source: string }>(sql`select user_id, source from user_unsubscribes`)
    assert.deepEqual(left, [{ user_id: angry.user, source: 'complaint' }])
  })

  test('a forged Message-ID points at nobody', async ({ assert }) => {
    const { messageId, identifier } = await aDelivery()
    const forged = messageId.replace(/^<./, (start) => (start === '<A' ? '<B' : '<A'))
    assert.containsSubset(await takeIn(Buffer.from(bounce.raw(forged, 'stranger@example.com'))), { unknown: 1 })
    assert.equal(await identifierOf(identifier), 'ok')
  })

  test('M-04 a report by webhook is taken only with the signature of the provider', async ({ assert, client }) => {
    const delivery = await aDelivery()
    const provider = await aProvider(25)
    const agreed = newSigningSecret()
    const agree = (webhookSecret: string) => transaction((trx) => edit(objects.get('mail_provider'), provider, { webhookSecret }, nobody, trx))
    await assert.rejects(() => agree('easily guessed'), InvalidFields)
    await agree(agreed)
    const body = JSON.stringify({ kind: 'hard_bounce', messageId: delivery.messageId, address: delivery.address, note: 'gone' })
    const call = (at: number, secret = agreed) =>
      client
        .post(`/hooks/mail/${provider}`)
        .headers({
          'webhook-id': 'msg_1',
          'webhook-timestamp': String(Math.floor(at / 1000)),
          'webhook-signature': new Webhook(secret).sign('msg_1', new Date(at), body),
        })
        .json(JSON.parse(body))
    const now = Date.now()
    assert.equal((await client.post(`/hooks/mail/${provider}`).json(JSON.parse(body))).status(), 401)
    assert.equal((await call(now, newSigningSecret())).status(), 401)
    assert.equal((await call(now - 10 * 60_000)).status(), 401)
    assert.equal(await identifierOf(delivery.identifier), 'ok')
    assert.equal((await call(now)).status(), 200)
    assert.equal((await call(now)).status(), 401, 'overheard and sent again')
    assert.equal((await call(now + 1000)).body().result, 'repeated')
    assert.equal(await identifierOf(delivery.identifier), 'blocked')
  })

  test('a secret that was agreed upon before such a form was asked for goes on until it is changed', async ({ assert, client }) => {
    const provider = await aProvider(25)
    await execute(sql`update mail_providers set webhook_secret = ${sealed('secret-of-hooks')} where id = ${provider}`)
    const [body, at] = ['{"nothing":1}', new Date()]
    const head = { 'webhook-id': 'msg_old', 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)) }
    const call = (secret: string) =>
      client.post(`/hooks/mail/${provider}`).headers({ ...head, 'webhook-signature': new Webhook(secret, { format: 'raw' }).sign('msg_old', at, body) }).json(JSON.parse(body))
    assert.equal((await call('another-secret')).status(), 401)
    assert.equal((await call('secret-of-hooks')).status(), 422)
  })
})
