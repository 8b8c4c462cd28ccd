import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { test } from '@japa/runner'
import { Webhook } from 'standardwebhooks'
import { execute, row, rows, sql, transaction } from '#core/database'
import { create, find, objects, plain } from '#core/objects'
import { defineSignal } from '#core/signals'
import { sendDue as startDue } from '../../app/integrations/webhooks/sender.js'
import { replay } from '../../app/integrations/webhooks/replay.js'
import { readSecret, rotateSecret } from '../../app/integrations/webhooks/secret.js'
import { askedPause, pauseAfter } from '../../app/integrations/webhooks/schedule.js'
import { aUser } from '../support/people.js'
import { aMemberOfStaff } from '../support/staff.js'
import { emptied } from '../support/emptied.js'

/** The one address of this machine that the tests let the product call (bin/test_all.ts). */
const PEER = '127.0.0.9'
const nobody = { staffId: null }

interface Got {
  headers: Record<string, string>
  body: string
}

type Reply = (request: IncomingMessage, response: ServerResponse) => void

const answering = (status: number, headers = {}): Reply => (_request, response) => response.writeHead(status, headers).end('as you like')

/** Another system on loopback, which keeps what it gets and answers as it is told. */
async function aPeer(cleanup: (work: () => void) => void) {
  const got: Got[] = []
  const peer = { got, reply: answering(204), url: '' }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    got.push({ headers: request.headers as Record<string, string>, body })
    peer.reply(request, response)
  })
  await new Promise<void>((ready) => server.listen(0, PEER, ready))
  cleanup(() => server.close())
  cleanup(() => server.closeAllConnections())
  peer.url = `http://${PEER}:${(server.address() as AddressInfo).port}/hook`
  return peer
}

const aWebhook = (url: string, more = {}) =>
  transaction((trx) => create(objects.get('webhook'), { name: 'Shop', url, everySignal: true, active: true, ...more }, nobody, trx))

const subscribed = defineSignal('user.subscribed', {})
const people = (count: number) =>
  sql`select n as user_id, null::timestamptz as occurred_at, '{"channelId": 1}'::jsonb as payload from generate_series(1, ${count}) n`

/** Until all of it has been answered; says how many there were. */
const sendDue = async () => (await Promise.all(await startDue())).length

const happen = (count = 1) => transaction((trx) => subscribed.publishFrom(people(count), trx))

const message = () => row<{ id: number; state: string; tries: number; seconds: number; reason: string | null }>(
  sql`select id, state, tries, reason, extract(epoch from next_try_at - now())::int as seconds from webhook_messages order by id desc limit 1`
)
const laterOn = () => execute(sql`update webhook_messages set next_try_at = now() where state = 'waiting'`)

test.group('Webhooks', (group) => {
  emptied(group)
  group.each.teardown(async () => {
    await execute(sql`delete from webhooks`)
    await execute(sql`delete from user_events`)
    await execute(sql`truncate users cascade`)
  })

  test('R-21 a message is signed so that the library of the other side takes it', async ({ assert, cleanup }) => {
    const peer = await aPeer(cleanup)
    const id = await aWebhook(peer.url)
    await happen()
    await sendDue()

    const [{ headers, body }] = peer.got
    const told = new Webhook(await readSecret(id, nobody)).verify(body, headers) as { type: string; data: { user: number; values: object } }
    assert.equal(told.type, 'user.subscribed')
    assert.equal(told.data.user, 1)
    assert.deepEqual(told.data.values, { channelId: 1 })
    assert.equal((await message())!.state, 'delivered')
    assert.throws(() => new Webhook('whsec_AAAA').verify(body, headers))
  })

  test('R-21 after a change of the secret both are good', async ({ assert, cleanup }) => {
    const peer = await aPeer(cleanup)
    const id = await aWebhook(peer.url)
    const former = await readSecret(id, nobody)
    await rotateSecret(id, 24, nobody)
    await happen()
    await sendDue()
    const [{ headers, body }] = peer.got
    for (const secret of [former, await readSecret(id, nobody)]) assert.isObject(new Webhook(secret).verify(body, headers))
  })

  test('S-07 a secret is changed by staff for as long as they say, and each look at it is in the log', async ({ client, assert }) => {
    const administrator = await aMemberOfStaff({ role: 'administrator' })
    const id = await aWebhook('https://hook.example')
    const at = (path: string) => `/webhooks/${id}/${path}`
    const press = async (path: string, form = {}) => (await client.post(at(path)).form(form).loginAs(administrator).withCsrfToken().redirects(0)).text()
    const shownIn = (html: string) => /whsec_[\w+/]+=/.exec(html)?.[0]

    assert.include((await client.get(at('rotation')).loginAs(administrator)).text(), 'value="24" selected')
    const former = shownIn(await press('secret'))
    const present = shownIn(await press('rotation', { overlap: '1' }))
    assert.notEqual(present, former)
    assert.equal(shownIn(await press('secret')), present)
    const kept = await row<{ hours: number }>(sql`select extract(epoch from former_until - updated_at)::int / 3600 as hours from webhooks where id = ${id}`)
    assert.equal(kept!.hours, 1)
    const log = await rows<{ action: string }>(sql`select action from audit_log where object = 'webhook' and record_id = ${id} order by id`)
    assert.deepEqual(log.map(({ action }) => action), ['create', 'readSecret', 'rotateSecret', 'readSecret'])
  })

  test('R-21 what fails is tried again by the schedule, ten times in all, and then given up')
    .with([
      { why: '500', reply: answering(500), reason: 'status' },
      { why: '3xx', reply: answering(302, { location: '/elsewhere' }), reason: 'status' },
      { why: 'a cut connection', reply: ((_request, response) => response.destroy()) as Reply, reason: 'unreachable' },
    ])
    .run(async ({ assert, cleanup }, { reply, reason }) => {
      const peer = await aPeer(cleanup)
      peer.reply = reply
      await aWebhook(peer.url)
      await happen()
      const expected = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
      for (const [index, seconds] of expected.entries()) {
        await sendDue()
        const now = (await message())!
        assert.deepInclude(now, { state: 'waiting', tries: index + 1, reason })
        assert.approximately(now.seconds, seconds, 3)
        assert.equal(await sendDue(), 0, 'not before its time')
        await laterOn()
      }
      await sendDue()
      assert.deepInclude((await message())!, { state: 'failed', tries: 10, reason })
      await laterOn()
      assert.equal(await sendDue(), 0)
      assert.lengthOf(peer.got, 10)
      assert.lengthOf(new Set(peer.got.map(({ headers }) => headers['webhook-id'])), 1)
      assert.lengthOf(await rows(sql`select from webhook_tries`), 10)
    })

  test('R-21 429 says for how long it wants to be left alone', async ({ assert, cleanup }) => {
    const peer = await aPeer(cleanup)
    peer.reply = answering(429, { 'retry-after': '120' })
    await aWebhook(peer.url)
    await happen()
    await sendDue()
    assert.approximately((await message())!.seconds, 120, 3)
    assert.equal(askedPause(new Date(90_000).toUTCString(), 0), 90)
    assert.equal(askedPause('soon'), 0)
    assert.equal(pauseAfter(1, 10_000_000), 24 * 60 * 60)
  })

  test('R-21 410 stops the webhook, and nothing more is written for it', async ({ assert, cleanup }) => {
    const peer = await aPeer(cleanup)
    peer.reply = answering(410)
    await aWebhook(peer.url)
    await happen()
    await sendDue()
    assert.equal((await message())!.state, 'failed')
    assert.deepEqual(await row(sql`select active, gone_at is not null as gone from webhooks`), { active: false, gone: true })
    await happen()
    assert.lengthOf(await rows(sql`select from webhook_messages`), 1)
  })

  test('R-21 a replay has the id of the first time', async ({ assert, cleanup }) => {
    const peer = await aPeer(cleanup)
    await aWebhook(peer.url)
    await happen()
    await sendDue()
    assert.isTrue(await replay((await message())!.id))
    await sendDue()
    assert.equal(peer.got[0].headers['webhook-id'], peer.got[1].headers['webhook-id'])
    assert.equal(peer.got[0].body, peer.got[1].body)
  })

  test('a slow one keeps no other waiting, and takes five at a time', async ({ assert, cleanup }) => {
    const slow = await aPeer(cleanup)
    const quick = await aPeer(cleanup)
    const held: ServerResponse[] = []
    slow.reply = (_request, response) => held.push(response)
    await aWebhook(slow.url)
    await aWebhook(quick.url)
    await happen(7)
    const first = await startDue()
    await waitUntil(() => slow.got.length === 5 && quick.got.length === 5)
    await Promise.any(first)
    await waitUntil(async () => (await deliveredBy(quick.url)) === 5)
    const second = await startDue()
    await Promise.all(second)
    assert.equal(await deliveredBy(quick.url), 7)
    assert.lengthOf(slow.got, 5)

    held.forEach((response) => response.end())
    await Promise.all(first)
    assert.equal(await deliveredBy(slow.url), 5)
  })

  test('what is not chosen is not told, and what is rolled back never happened', async ({ assert, cleanup }) => {
    const peer = await aPeer(cleanup)
    const id = await aWebhook(peer.url, { everySignal: false })
    await execute(sql`update webhooks set signals = '{receipt.added}' where id = ${id}`)
    await happen()
    assert.lengthOf(await rows(sql`select from webhook_messages`), 0)

    await execute(sql`update webhooks set every_signal = true`)
    await transaction(async (trx) => {
      await subscribed.publishFrom(people(1), trx)
      throw new Error('no')
    }).catch(() => undefined)
    assert.lengthOf(await rows(sql`select from webhook_messages`), 0)
  })

  test('one that listens to nothing says so, and does not say that it works', async ({ assert }) => {
    const id = await aWebhook('https://shop.example/hook', { everySignal: false })
    const state = async () => (await find(objects.get('webhook'), id, plain, ['state']))!.state
    assert.equal(await state(), 'silent')
    await execute(sql`update webhooks set signals = '{receipt.added}' where id = ${id}`)
    assert.equal(await state(), 'on')
    await execute(sql`update webhooks set active = false where id = ${id}`)
    assert.equal(await state(), 'off')
  })

  test('F41 a shop is told of its own customers who agree, and always of a withdrawal', async ({ assert }) => {
    const site = (await row<{ id: number }>(sql`select id from sources where code = 'site'`))!.id
    const [agreeing, refusing, other] = [await aUser({ communicationAgree: true }), await aUser({ communicationAgree: false }), await aUser({ communicationAgree: true })]
    await execute(sql`update users set registration_source_id = ${site} where id in (${agreeing}, ${refusing})`)
    await aWebhook('https://shop.example/hook', { source: site, consentingOnly: true })
    const tell = (signal: string) =>
      transaction((trx) =>
        defineSignal(signal, {}).publishFrom(sql`select id as user_id, null::timestamptz as occurred_at, '{}'::jsonb as payload from users`, trx)
      )
    await tell('user.subscribed')
    await tell('user.unsubscribed')
    const told = await rows<{ user: number; signal: string }>(sql`select user_id as "user", signal from webhook_messages order by signal, user_id`)
    assert.deepEqual(told, [
      { user: agreeing, signal: 'user.subscribed' },
      { user: agreeing, signal: 'user.unsubscribed' },
      { user: refusing, signal: 'user.unsubscribed' },
    ])
    assert.isFalse(told.some(({ user }) => user === other))
  })

  test('one whose worker died is sent by another, later', async ({ assert, cleanup }) => {
    const peer = await aPeer(cleanup)
    await aWebhook(peer.url)
    await happen()
    await execute(sql`update webhook_messages set state = 'sending', tries = 1, next_try_at = now() + interval '1 minute'`)
    assert.equal(await sendDue(), 0)
    await execute(sql`update webhook_messages set next_try_at = now()`)
    assert.equal(await sendDue(), 1)
    assert.deepInclude((await message())!, { state: 'delivered', tries: 2 })
  })

  test('U-04 an address inside a network is refused at its field, and at the call', async ({ assert }) => {
    for (const url of ['https://10.0.0.1/', 'ftp://example.com/', 'https://a:b@example.com/', 'hello']) {
      const refused = await aWebhook(url).catch((error) => error)
      if (url.includes('10.0.0.1')) {
        await happen()
        await sendDue()
        assert.equal((await message())!.reason, 'address')
      } else assert.deepEqual(Object.keys(refused.errors), ['url'])
    }
  })
})

async function waitUntil(met: () => boolean | Promise<boolean>) {
  for (let tries = 0; tries < 200 && !(await met()); tries++) await new Promise((later) => setTimeout(later, 20))
}

async function deliveredBy(url: string) {
  const found = await rows(sql`
    select from webhook_messages m join webhooks w on w.id = m.webhook_id where w.url = ${url} and m.state = 'delivered'`)
  return found.length
}
