import { test } from '@japa/runner'
import PostalMime from 'postal-mime'
import { execute, row, rows, sql, transaction } from '#core/database'
import { NotFound } from '#core/http'
import { objects, readMerged, remove } from '#core/objects'
import { pause, resume, startCapture, statistics } from '#app/communication'
import { idOf, nobody } from '#tests/support/people'
import { aCommunication, aProvider, deliveriesOf, drainNow, forgetSends, prepareNow, readers, sendNow, stateOf } from './support/sending.js'
import { aSink, headerOf } from './support/sink.js'
import { launch } from '#app/communication'
import { merge, recordConsent, unsubscribe } from '#app/users'

test.group('Sending', (group) => {
  group.each.setup(forgetSends)
  group.each.teardown(forgetSends)

  test('a mail reaches the built-in inbox with everything filled in', async ({ assert }) => {
    const stop = await startCapture()
    const [reader] = await readers(1)
    const communication = await aCommunication({ preheader: 'Psst, {GivenName}' })
    const send = await sendNow(communication, { identifierIds: [reader.identifier] })
    await stop()

    const captured = await row<{ raw: Buffer; subject: string; recipient: string }>(sql`select * from inbox_messages`)
    const mail = await PostalMime.parse(captured!.raw)
    assert.equal(await stateOf(send), 'finished')
    assert.equal(captured!.subject, 'Hello, Имя0')
    assert.equal(captured!.recipient, `user${reader.user}@example.com`)
    assert.include(mail.html, 'Здравствуйте, Имя0!')
    assert.include(mail.html, 'Psst, Имя0')
    assert.match(mail.text!, /Здравствуйте, Имя0!/)
    assert.match(mail.html!, /\/l\/1\/[\w-]{24,}"/)
    assert.notInclude(mail.html, 'shop.example')
    const counted = await statistics({ send })
    assert.containsSubset(counted, { recipients: 1, sent: 1, delivered: 1, errors: 0 })
  })

  test('what is just being put into the trash is not sent', async ({ assert }) => {
    const [reader] = await readers(1)
    const communication = await aCommunication()
    let launched: Promise<unknown>
    await transaction(async (trx) => {
      await remove(objects.get('communication'), communication, nobody, trx)
      launched = launch(communication, { segmentId: null, identifierIds: [reader.identifier] }, nobody).catch((error) => error)
      await new Promise((later) => setTimeout(later, 500))
    })
    assert.instanceOf(await launched!, NotFound)
  })

  test('R-07 a mail that is deferred goes again, five times at most, under the same Message-ID', async ({ assert }) => {
    const sink = await aSink({ refuse: () => ({ code: 451, message: '4.7.1 try later' }) })
    const [reader] = await readers(1)
    const send = await sendInPart(await aCommunication({ provider: await aProvider(sink.port) }), [reader.identifier], 1)
    for (let turn = 2; turn <= 5; turn++) {
      assert.containsSubset(await deliveriesOf(send), [{ state: 'deferred', tries: turn - 1 }])
      await hurry(send)
      await drainOnce(send)
    }
    assert.containsSubset(await deliveriesOf(send), [{ state: 'failed', tries: 5 }])
    assert.equal(await deliverable(reader.identifier), 'soft')
    await sink.close()
  })

  test('R-08 an unknown mailbox blocks the address, a full one is only remembered', async ({ assert }) => {
    const [gone, full, fine] = await readers(3)
    const answers: Record<string, { code: number; message: string }> = {
      [`user${gone.user}@example.com`]: { code: 550, message: '5.1.1 no such user\nreally' },
      [`user${full.user}@example.com`]: { code: 552, message: '5.2.2 mailbox full' },
    }
    const sink = await aSink({ refuse: (_number, to) => answers[to] ?? null })
    const communication = await aCommunication({ provider: await aProvider(sink.port) })
    const send = await sendNow(communication, { identifierIds: [gone, full, fine].map((one) => one.identifier) })
    await sink.close()

    assert.deepEqual((await deliveriesOf(send)).map(({ state }) => state), ['failed', 'failed', 'sent'])
    assert.deepEqual(
      [await deliverable(gone.identifier), await deliverable(full.identifier), await deliverable(fine.identifier)],
      ['blocked', 'soft', 'ok']
    )
  })

  test('R-08 twenty refusals by policy in a row pause the send and say why', async ({ assert }) => {
    const sink = await aSink({ refuse: () => ({ code: 554, message: '5.7.1 rejected for policy reasons' }) })
    /** Twenty, those on their way, and some more. */
    const chosen = await readers(55)
    const communication = await aCommunication({ provider: await aProvider(sink.port) })
    const send = await sendNow(communication, { identifierIds: chosen.map((one) => one.identifier) })
    await sink.close()

    const stands = await row<{ state: string; trouble: { code: string } }>(sql`select state, trouble from sends where id = ${send}`)
    const deliveries = await deliveriesOf(send)
    assert.containsSubset(stands, { state: 'paused', trouble: { code: 'policy' } })
    assert.isAtLeast(deliveries.filter(({ state }) => state === 'queued').length, 10)
    assert.equal(await deliverable(chosen[0].identifier), 'ok')
  })

  test('R-05 a server that cannot be reached counts against nobody', async ({ assert }) => {
    const gone = await aSink()
    await gone.close()
    const [reader] = await readers(1)
    const communication = await aCommunication({ provider: await aProvider(gone.port) })
    const send = await prepared(communication, [reader.identifier])
    const draining = drainNow(send)
    await new Promise((later) => setTimeout(later, 600))
    const meanwhile = await row<{ trouble: { code: string } }>(sql`select trouble from sends where id = ${send}`)
    const back = await aSink({ port: gone.port })
    await draining
    await back.close()

    assert.equal(meanwhile!.trouble.code, 'unreachable')
    assert.containsSubset(await deliveriesOf(send), [{ state: 'sent', tries: 1 }])
    assert.equal(await stateOf(send), 'finished')
  })

  test('F27 who was merged after the audience was frozen gets it once, where they are now, by the consents that they have now', async ({ assert }) => {
    const sink = await aSink()
    const chosen = await readers(6)
    const [one, two, three, elsewhere, five, silent] = chosen
    const communication = await aCommunication({ provider: await aProvider(sink.port) })
    const send = await prepared(communication, [one, two, three, five].map(({ identifier }) => identifier))
    await recordConsent({ userId: silent.user, kind: 'communication', value: false }, { source: 'one_click' })
    for (const [from, into] of [[one, two], [three, elsewhere], [five, silent]]) await merge({ from: from.user, into: into.user }, nobody)
    await drainNow(send)
    await sink.close()

    const now = await deliveriesOf(send)
    assert.deepEqual(
      now.map(({ userId, identifierId, state, answer }) => [userId, identifierId, state, state === 'skipped' ? answer : '']),
      [
        [one.user, one.identifier, 'skipped', 'repeated'],
        [two.user, two.identifier, 'sent', ''],
        [three.user, elsewhere.identifier, 'sent', ''],
        [five.user, five.identifier, 'skipped', 'noConsent'],
      ]
    )
    assert.sameMembers(sink.received.map(({ to }) => to), [two, elsewhere].map(({ user }) => `user${user}@example.com`))
    await readMerged(objects.get('user'))
  })

  test('F27 who had no address before they were merged is written to at the one they have now', async ({ assert }) => {
    const sink = await aSink()
    const [from, into] = await readers(2)
    const communication = await aCommunication({ provider: await aProvider(sink.port) })
    const send = await prepared(communication, [from.identifier, into.identifier])
    await execute(sql`update deliveries set state = 'skipped', answer = 'noAddress' where send_id = ${send} and user_id = ${into.user}`)
    await merge({ from: from.user, into: into.user }, nobody)
    await drainNow(send)
    await sink.close()
    assert.lengthOf(sink.received, 1)
    await readMerged(objects.get('user'))
  })

  test('F27 who was written to before they were merged is not written to again as who they are now', async ({ assert }) => {
    const sink = await aSink()
    const [from, into] = await readers(2)
    const communication = await aCommunication({ provider: await aProvider(sink.port) })
    const send = await prepared(communication, [from.identifier, into.identifier])
    await execute(sql`update deliveries set state = 'sent', sent_at = now() where send_id = ${send} and user_id = ${from.user}`)
    await merge({ from: from.user, into: into.user }, nobody)
    await drainNow(send)
    await sink.close()
    assert.deepEqual((await deliveriesOf(send)).map(({ state, answer }) => [state, answer]), [['sent', null], ['skipped', 'repeated']])
    await readMerged(objects.get('user'))
  })

  test('R-11 nothing leaves after an unsubscription or a withdrawn consent', async ({ assert }) => {
    const sink = await aSink({ delayMs: 20 })
    const chosen = await readers(120)
    const communication = await aCommunication({ provider: await aProvider(sink.port) })
    const send = await prepared(communication, chosen.map((one) => one.identifier), { perMinute: 1200 })
    const draining = drainNow(send)
    await new Promise((later) => setTimeout(later, 1000))
    const [first, second] = [chosen.slice(0, 60), chosen.slice(60)].map((half) => half.map((one) => one.user))
    await execute(sql`update users set communication_agree = false where id = any(${first}::bigint[])`)
    const channelId = await idOf('channel', 'email')
    await Promise.all(second.map((userId) => unsubscribe({ userId, channelId, categoryId: null }, { source: 'preferences' })))
    const withdrawn = Date.now()
    await draining
    await sink.close()

    const latest = Math.max(...sink.received.map(({ at }) => at)) - withdrawn
    const deliveries = await deliveriesOf(send)
    assert.isBelow(latest, 5000)
    const skipped = (reason: string) => deliveries.filter(({ state, answer }) => state === 'skipped' && answer === reason).length
    assert.isAtLeast(skipped('noConsent') + skipped('unsubscribed'), 50)
    assert.isAtLeast(skipped('unsubscribed'), 30)
    assert.equal(deliveries.filter(({ state }) => state === 'sent').length, sink.received.length)
    assert.equal(await stateOf(send), 'finished')
  }).timeout(20_000)

  test('R-10 a pause lets nothing out but what is in flight, and resuming sends each once', async ({ assert }) => {
    const sink = await aSink({ delayMs: 10 })
    const chosen = await readers(150)
    const communication = await aCommunication({ provider: await aProvider(sink.port) })
    const send = await prepared(communication, chosen.map((one) => one.identifier))
    const draining = drainNow(send)
    while (sink.received.length < 30) await new Promise((later) => setTimeout(later, 5))
    await pause(send, nobody)
    const before = sink.received.length
    await draining
    const after = sink.received.length
    assert.isAtMost(after - before, 20)
    assert.equal(await stateOf(send), 'paused')

    await resume(send, nobody)
    await drainNow(send)
    await sink.close()
    assert.equal(new Set(sink.received.map(({ to }) => to)).size, 150)
    assert.lengthOf(sink.received, 150)
    assert.equal(await stateOf(send), 'finished')
  }).timeout(20_000)

  test('R-10 Send pressed twenty times at once starts one send', async ({ assert }) => {
    const [reader] = await readers(1)
    const communication = await aCommunication()
    const pressed = Array.from({ length: 20 }, () =>
      launch(communication, { segmentId: null, identifierIds: [reader.identifier] }, nobody)
    )
    const started = (await Promise.allSettled(pressed)).filter(({ status }) => status === 'fulfilled')
    assert.lengthOf(started, 1)
  })

  test('a limit per minute holds', async ({ assert }) => {
    const sink = await aSink()
    const chosen = await readers(30)
    const communication = await aCommunication({ provider: await aProvider(sink.port) })
    const startedAt = Date.now()
    await sendNow(communication, { identifierIds: chosen.map((one) => one.identifier), perMinute: 600 })
    await sink.close()
    assert.lengthOf(sink.received, 30)
    assert.isAtLeast(Date.now() - startedAt, 1900)
  })

  test('A-14 a hostile name brings no header and is never evaluated (U-03)', async ({ assert }) => {
    const sink = await aSink()
    const [reader] = await readers(1)
    await execute(
      sql`update users set given_name = ${'{{7*7}}<img src=x onerror=alert(1)>\r\nBcc: evil@example.com'} where id = ${reader.user}`
    )
    const communication = await aCommunication({ provider: await aProvider(sink.port) })
    await sendNow(communication, { identifierIds: [reader.identifier] })
    await sink.close()
    const [{ raw }] = sink.received
    const mail = await PostalMime.parse(raw)
    assert.isUndefined(headerOf(raw, 'Bcc'))
    assert.include(mail.subject, '{{7*7}}<img')
    assert.include(mail.html, '{{7*7}}&lt;img src=x onerror=alert(1)&gt;')
  })
})

async function prepared(communication: number, identifierIds: number[], choice = {}) {
  const send = await launch(communication, { segmentId: null, identifierIds, ...choice }, nobody)
  await prepareNow(send)
  return send
}

/** One turn of a drainer, which would otherwise wait for its deferred mails. */
async function sendInPart(communication: number, identifierIds: number[], _turns: number) {
  const send = await prepared(communication, identifierIds)
  await drainOnce(send)
  return send
}

async function drainOnce(send: number) {
  const draining = drainNow(send)
  const settled = async () =>
    (await rows(sql`select 1 from deliveries where send_id = ${send} and (state in ('queued', 'sending')
      or (state = 'deferred' and next_try_at <= now()))`)).length === 0
  while (!(await settled())) await new Promise((later) => setTimeout(later, 20))
  await execute(sql`update sends set state = 'paused' where id = ${send} and state = 'sending'`)
  await draining
  await execute(sql`update sends set state = 'sending' where id = ${send} and state = 'paused'`)
}

async function hurry(send: number) {
  await execute(sql`update deliveries set next_try_at = now() where send_id = ${send}`)
  await execute(sql`update delivery_chunks set not_before = now() where send_id = ${send}`)
}

async function deliverable(identifier: number) {
  const found = await row<{ deliverable: string }>(sql`select deliverable from user_identifiers where id = ${identifier}`)
  return found!.deliverable
}
