import { type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from '@japa/runner'
import { launch, statistics } from '#app/communication'
import { execute, row, rows, sql } from '#core/database'
import { prepareQueues } from '#core/jobs'
import { run } from '../../bin/launcher/service.js'
import { nobody } from '../support/people.js'
import { aCommunication, aProvider, forgetSends, stateOf } from '../communication/support/sending.js'
import { aSink, headerOf, type Sink } from '../communication/support/sink.js'

const RECIPIENTS = 5_000
const KILLS = 3
/** Mails of one worker that may be with the server and not yet written down: its drainer has a window of them. */
const IN_FLIGHT = 20

test.group('A send whose worker is killed', (group) => {
  let workers: ChildProcess[] = []
  let sink: Sink

  group.each.setup(async () => {
    await forgetSends()
    await prepareQueues()
    workers = []
    return async () => {
      for (const worker of workers) worker.kill('SIGKILL')
      await sink.close()
      await forgetSends()
      await forgetCustomers()
    }
  })

  function work() {
    const worker = run('ace.js', ['work'], process.env as Record<string, string>)
    workers.push(worker)
    return worker
  }

  test('R-01 everybody gets the mail, and what is repeated is at most what was in flight', async ({ assert }) => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
    const random = seeded(seed)
    console.log(`SEED=${seed}`)
    sink = await aSink()
    const send = await launchTo(sink, RECIPIENTS)
    let [victim] = [work(), work()]

    for (let kill = 1; kill <= KILLS; kill++) {
      await reach(sink, (RECIPIENTS / (KILLS + 1)) * (kill - 0.5 + random() * 0.5))
      victim.kill('SIGKILL')
      await once(victim, 'exit')
      victim = work()
    }
    const resumedAt = Date.now()
    while ((await stateOf(send)) !== 'finished') await pause(250)
    assert.isBelow(Date.now() - resumedAt, 90_000)

    const repeats = sink.received.length - RECIPIENTS
    console.log(`${repeats} repeats after ${KILLS} kills`)
    assert.equal(new Set(sink.received.map(({ to }) => to)).size, RECIPIENTS)
    assert.equal(new Set(sink.received.map(({ raw }) => headerOf(raw, 'Message-ID'))).size, RECIPIENTS)
    assert.isAtMost(repeats, KILLS * IN_FLIGHT)
    const told = await statistics({ send })
    assert.containsSubset(told, { recipients: RECIPIENTS, sent: RECIPIENTS, errors: 0 })
  }).timeout(170_000)

  test('R-09 SIGTERM during a send leaves nothing active, and nothing is sent twice', async ({ assert }) => {
    sink = await aSink({ delayMs: 5 })
    const send = await launchTo(sink, 600)
    const worker = work()
    await reach(sink, 150)
    const askedAt = Date.now()
    worker.kill('SIGTERM')
    await once(worker, 'exit')
    assert.isBelow(Date.now() - askedAt, 30_000)

    const active = await rows(sql`select id from job_runs where state = 'running' and job like 'communication.%'`)
    const sending = await rows(sql`select 1 from deliveries where send_id = ${send} and state = 'sending'`)
    const written = await row<{ sent: number }>(sql`select count(*) as sent from deliveries where send_id = ${send} and state = 'sent'`)
    assert.isEmpty(active)
    assert.isEmpty(sending)
    assert.equal(written!.sent, sink.received.length)

    work()
    while ((await stateOf(send)) !== 'finished') await pause(250)
    assert.lengthOf(sink.received, 600)
    assert.equal(new Set(sink.received.map(({ to }) => to)).size, 600)
  }).timeout(120_000)

  test('R-02 a worker that dies between the answer and the note repeats a mail at most once', async ({ assert }) => {
    sink = await aSink({ delayMs: 250 })
    const send = await launchTo(sink, 60)
    const worker = work()
    await reach(sink, 15)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    work()
    while ((await stateOf(send)) !== 'finished') await pause(250)

    const times = new Map<string, number>()
    for (const { raw } of sink.received) {
      const id = headerOf(raw, 'Message-ID')!
      times.set(id, (times.get(id) ?? 0) + 1)
    }
    assert.equal(times.size, 60)
    assert.isAtMost(Math.max(...times.values()), 2)
    assert.isAtMost(sink.received.length - 60, IN_FLIGHT)
  }).timeout(120_000)
})

/** A send to so many customers, made by one statement. */
async function launchTo(sink: Sink, recipients: number): Promise<number> {
  await execute(
    sql`with made as (
        insert into users (external_id, given_name, personal_data_agree, communication_agree)
        select 'kill-' || n, 'Name ' || n, true, true from generate_series(1, ${recipients}::int) n returning id
      )
      insert into user_identifiers (user_id, type, value, confirmed)
      select id, 'email', 'kill' || id || '@example.com', true from made`
  )
  const identifiers = await rows<{ id: number }>(sql`select id from user_identifiers where value like 'kill%@example.com'`)
  const communication = await aCommunication({ provider: await aProvider(sink.port) })
  return launch(communication, { segmentId: null, identifierIds: identifiers.map(({ id }) => id) }, nobody)
}

async function forgetCustomers() {
  await execute(sql`delete from user_identifiers where value like 'kill%@example.com'`)
  await execute(sql`delete from users where external_id like 'kill-%'`)
}

async function reach(sink: Sink, count: number) {
  while (sink.received.length < count) await pause(10)
}

/** The same numbers for the same seed, so that a failure can be played again. */
function seeded(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
