import { createHmac } from 'node:crypto'
import http from 'node:http'
import { test } from '@japa/runner'
import { merge, preferencesOf, recordConsent, setRegime, unsubscribe } from '#app/users'
import { methods } from '#core/methods'
import { execute, row, rows, sql } from '#core/database'
import { signatureHeaders, signingSecretFrom } from '#core/secrets'
import { giveCallbackSecret, revokeCallbackSecret } from '../../app/campaigns/sources/source_callbacks.js'
import { a, anEmail, aUser, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { outdateSources } from '../../app/campaigns/sources/source_by_code.js'

const home = `http://${process.env.HOST}:${process.env.PORT}/api/v1`
const now = () => Math.floor(Date.now() / 1000)
const optIn = 'callback/optIn'
const optOut = 'callback/optOut'

interface Sent {
  source?: string
  headers?: Record<string, string>
  query?: string
  type?: string
}

async function post(method: string, body: string, { source = 'site', headers = {}, query = '', type = 'application/json' }: Sent = {}) {
  const answer = await fetch(`${home}/${source}/${method}${query}`, {
    method: 'POST',
    headers: { 'content-type': type, 'accept-language': 'en', ...headers },
    body,
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, replayed: answer.headers.get('idempotency-replayed') }
}

let made = 0

/** As a service that knows Standard Webhooks. */
function signed(root: string, method: string, said: object | string, { id = `msg_${++made}`, at = now(), as = method }: { id?: string; at?: number; as?: string } = {}) {
  const body = typeof said === 'string' ? said : JSON.stringify(said)
  return { method, body, headers: signatureHeaders({ id, timestamp: at, body }, [signingSecretFrom(root, as)]) }
}

const send = ({ method, body, headers }: ReturnType<typeof signed>, sent: Sent = {}) => post(method, body, { ...sent, headers })

const sourceId = () => idOf('source', 'site')
const opened = async () => giveCallbackSecret(await sourceId(), 0, nobody)
const log = (user: number) =>
  rows<Record<string, unknown>>(sql`select kind, value, subject, source, method, document_version as document, source_id is not null as sourced, ip is not null as ip, locale
    from consent_log where user_id = ${user} and source = 'callback' order by id`)

/** As the log names pairs. */
const chosenBy = async (user: number) => {
  const named = sql`select concat_ws('/', coalesce(c.code, '*'), coalesce(k.code, '*')) as pair`
  const books = sql`left join channels c on c.id = x.channel_id left join unsubscribe_categories k on k.id = x.category_id where x.user_id = u.id`
  return (await row<{ regime: string; chosen: string[]; left: string[] }>(
    sql`select u.communication_regime as regime,
      (select coalesce(jsonb_agg(pair order by pair), '[]') from (${named} from user_subscriptions x ${books}) p) as chosen,
      (select coalesce(jsonb_agg(pair order by pair), '[]') from (${named} from user_unsubscribes x ${books}) p) as "left"
      from users u where u.id = ${user}`
  ))!
}
const left = async () => (await row<{ count: number }>(sql`select (select count(*) from consent_log) + (select count(*) from user_events) as count`))!.count

test.group('Callbacks of other systems (F41)', (group) => {
  rolledBack(group)
  group.each.teardown(() => outdateSources())

  test('M-10 who left elsewhere is left alone here, told once, with its proof', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser()]
    await anEmail(user, 'anna@example.com')
    const { status, body } = await send(signed(root, optOut, { email: 'Anna@Example.com ', category: 'news', reason: 'no time', contactId: 17 }))
    assert.deepEqual([status, body], [200, { heard: true }])
    const word = { kind: 'unsubscribe', value: true, subject: 'email/news', source: 'callback', method: optOut, sourced: true, ip: true, document: null, locale: null }
    assert.deepEqual(await log(user), [word])
    await send(signed(root, optOut, { email: 'anna@example.com', category: 'news' }))
    assert.lengthOf(await log(user), 1)
    const told = await rows<{ signal: string }>(sql`select signal from user_events where user_id = ${user} and signal like 'callback.%'`)
    assert.deepEqual(told, [{ signal: 'callback.optOut' }])
  })

  test('a form says the same, and a phone in any spelling leaves messages to it', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser()]
    await a('identifier', { user, type: 'phone', value: '+79160000003', confirmed: true })
    const said = signed(root, optOut, 'email=&phone=8+%28916%29+000-00-03&SubscribeURL=x')
    assert.equal((await send(said, { type: 'application/x-www-form-urlencoded' })).status, 200)
    assert.containsSubset(await log(user), [{ kind: 'unsubscribe', value: true, subject: 'sms/*' }])
  })

  test('who had not agreed agrees to what is named and to nothing more', async ({ assert }) => {
    await a('consent_document', { kind: 'communication', version: 'c9', textRu: 'Согласен', textEn: 'I agree', validFrom: new Date(Date.now() - 1000) })
    const [root, user] = [await opened(), await aUser({ communicationAgree: false })]
    await anEmail(user, 'anna@example.com')
    await send(signed(root, optIn, { email: 'anna@example.com' }))
    const { regime, kept, channels, categories } = await preferencesOf(user, 'en')
    const email = channels.find(({ code }) => code === 'email')!
    assert.equal(regime, 'only')
    assert.deepEqual([...kept], categories.map(({ id }) => `${email.id}:${id}`))
    assert.containsSubset(await log(user), [
      { kind: 'communication', value: true, document: null }, { kind: 'regime', subject: 'only' }, { kind: 'subscribe', value: true, subject: 'email/*' },
    ])
  })

  test('who agreed here gets back what they had left, and the rest stays as it was', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser()]
    await anEmail(user, 'anna@example.com')
    for (const code of ['email', 'sms']) await unsubscribe({ userId: user, channelId: await idOf('channel', code), categoryId: null }, { source: 'preferences' })
    await send(signed(root, optIn, { email: 'anna@example.com', category: 'news', at: new Date() }))
    const { kept, channels } = await preferencesOf(user, 'en')
    const cell = `${await idOf('channel', 'email')}:${await idOf('unsubscribe_category', 'news')}`
    assert.isTrue(kept.has(cell))
    assert.isNotEmpty([...kept].filter((one) => one.startsWith(`${channels.find(({ code }) => code === 'push')!.id}:`)))
    assert.lengthOf([...kept].filter((one) => one.startsWith(`${channels[0].id}:`)), 1)
    assert.isEmpty([...kept].filter((one) => one.startsWith(`${channels.find(({ code }) => code === 'sms')!.id}:`)))
  })

  test('the proof names a document of ours only where the other system says that it showed it', async ({ assert }) => {
    await a('consent_document', { kind: 'communication', version: 'c9', textRu: 'Согласен', textEn: 'I agree', validFrom: new Date(Date.now() - 1000) })
    const [root, user] = [await opened(), await aUser({ communicationAgree: false })]
    await anEmail(user, 'anna@example.com')
    for (const email of ['anna@example.com', 'strange@example.com']) {
      const { status, body } = await send(signed(root, optIn, { email, document: 'c8' }))
      assert.deepEqual([status, body.code], [422, 'unknownConsentDocument'])
    }
    await send(signed(root, optIn, { email: 'anna@example.com', document: 'c9' }))
    assert.containsSubset(await log(user), [{ kind: 'communication', value: true, document: 'c9', locale: null }])
  })

  test('what is not named stays closed also where nothing else is offered now, and comes to be later', async ({ assert }) => {
    const root = await opened()
    const [whole, single] = [await aUser({ communicationAgree: false }), await aUser({ communicationAgree: false })]
    for (const user of [whole, single]) await anEmail(user)
    await execute(sql`update channels set active = false where code <> 'email'`)
    await send(signed(root, optIn, { email: `user${whole}@example.com` }))
    await execute(sql`update unsubscribe_categories set active = false where code <> 'news'`)
    await send(signed(root, optIn, { email: `user${single}@example.com`, category: 'news' }))
    assert.deepEqual(await chosenBy(whole), { regime: 'only', chosen: ['email/*'], left: [] })
    assert.deepEqual(await chosenBy(single), { regime: 'only', chosen: ['email/news'], left: [] })
  })

  test('who had left more than is named gets what is named and, of what they had left, nothing more', async ({ assert }) => {
    const root = await opened()
    const [everything, channel, pair] = [await aUser(), await aUser(), await aUser()]
    const [email, sms, news] = [await idOf('channel', 'email'), await idOf('channel', 'sms'), await idOf('unsubscribe_category', 'news')]
    await unsubscribe({ userId: everything, channelId: null, categoryId: null }, { source: 'preferences' })
    await unsubscribe({ userId: channel, channelId: email, categoryId: null }, { source: 'preferences' })
    await unsubscribe({ userId: channel, channelId: sms, categoryId: news }, { source: 'preferences' })
    await unsubscribe({ userId: pair, channelId: email, categoryId: news }, { source: 'preferences' })
    for (const user of [everything, channel, pair]) {
      await anEmail(user)
      await send(signed(root, optIn, { email: `user${user}@example.com`, category: 'news', at: new Date() }))
    }
    assert.deepEqual(await chosenBy(everything), { regime: 'only', chosen: ['email/news'], left: [] })
    assert.deepEqual(await chosenBy(channel), { regime: 'only', chosen: ['email/news', 'push/*', 'sms/*'], left: ['sms/news'] })
    assert.deepEqual(await chosenBy(pair), { regime: 'except', chosen: [], left: [] })
  })

  test('a consent that comes late revives no later no; without its moment it revives none', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser()]
    await anEmail(user, 'anna@example.com')
    const said = { email: 'anna@example.com', category: 'news' }
    await send(signed(root, optOut, said))
    const stood = await chosenBy(user)
    for (const at of [undefined, '', new Date(Date.now() - 3600_000)]) {
      const { status, body } = await send(signed(root, optIn, { ...said, at }))
      assert.deepEqual([status, body], [200, { heard: true }])
    }
    assert.deepEqual(await chosenBy(user), stood)
    assert.lengthOf(await log(user), 1)
    assert.deepEqual((await send(signed(root, optIn, { ...said, category: 'promotions' }))).body, { heard: true })
    for (const at of [new Date(Date.now() + 3600_000), '2026-09-01', 'yesterday', '2026-13-01T00:00:00Z']) {
      assert.equal((await send(signed(root, optIn, { ...said, at }))).status, 422)
    }
    assert.deepEqual((await send(signed(root, optIn, { ...said, at: new Date() }))).body, { heard: true })
    assert.deepEqual((await chosenBy(user)).left, [])
  })

  test('a no that was said under another id of the person counts, and so does one to advertising as a whole', async ({ assert }) => {
    const root = await opened()
    const [from, into, other] = [await aUser(), await aUser(), await aUser()]
    await recordConsent({ userId: from, kind: 'communication', value: false }, { source: 'api' })
    await setRegime(other, 'only', { source: 'preferences' })
    await merge({ from, into }, nobody)
    for (const user of [into, other]) {
      await anEmail(user)
      assert.deepEqual((await send(signed(root, optIn, { email: `user${user}@example.com` }))).body, { heard: true })
      assert.isEmpty((await log(user)))
    }
  })

  test('what is offered no more can be left, and agreed to no more', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser()]
    await anEmail(user, 'anna@example.com')
    await execute(sql`update unsubscribe_categories set active = false where code = 'news'`)
    await execute(sql`update channels set active = false where code = 'sms'`)
    for (const named of [{ category: 'news' }, { channel: 'sms' }]) {
      assert.equal((await send(signed(root, optIn, { email: 'anna@example.com', ...named }))).status, 422)
      assert.equal((await send(signed(root, optOut, { email: 'anna@example.com', ...named }))).status, 200)
    }
    assert.deepEqual((await chosenBy(user)).left, ['email/news', 'sms/*'])
  })

  test('an address that is not known to be theirs gives no consent, but takes it', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser({ communicationAgree: false })]
    await anEmail(user, 'claimed@example.com', false)
    await send(signed(root, optIn, { email: 'claimed@example.com' }))
    assert.isEmpty(await log(user))
    assert.isEmpty(await rows(sql`select from user_events where user_id = ${user} and signal = 'callback.optIn'`))
    await setRegime(user, 'only', { source: 'preferences' })
    await send(signed(root, optOut, { email: 'claimed@example.com' }))
    assert.lengthOf(await log(user), 1)
  })

  test('M-04 nobody learns who is known: the answer is the same, and so are the refusals', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser()]
    await anEmail(user, 'known@example.com')
    for (const method of [optIn, optOut]) {
      for (const more of [{}, { channel: 'pigeon' }, { category: 'pigeons' }]) {
        const [known, unknown] = [await send(signed(root, method, { email: 'known@example.com', ...more })), await send(signed(root, method, { email: 'strange@example.com', ...more }))]
        assert.deepEqual({ ...known, body: { ...known.body, trace: '' } }, { ...unknown, body: { ...unknown.body, trace: '' } })
      }
    }
    for (const wrong of [{}, { email: 'nobody' }, { phone: '12' }, { email: 5 }]) assert.equal((await send(signed(root, optOut, wrong))).status, 422)
  })

  test('M-04 none, old, replayed, foreign, swapped and changed signatures: 401 and no effect', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser()]
    await anEmail(user, 'anna@example.com')
    const other = await giveCallbackSecret(await idOf('source', 'app'), 0, nobody)
    const said = { email: 'anna@example.com' }
    const before = await left()
    const good = signed(root, optOut, said)
    const refused = {
      none: await post(optOut, good.body),
      old: await send(signed(root, optOut, said, { at: now() - 360 })),
      coming: await send(signed(root, optOut, said, { at: now() + 360 })),
      ofAnotherSource: await send(signed(other, optOut, said)),
      toAnotherSource: await send(good, { source: 'app' }),
      toSourceWithoutSecret: await send(good, { source: 'till' }),
      swapped: await send(signed(root, optOut, said, { as: optIn })),
      swappedBack: await send(signed(root, optIn, said, { as: optOut })),
      changed: await send({ ...good, body: JSON.stringify({ email: 'other@example.com' }) }),
      anotherId: await post(optOut, good.body, { headers: { ...good.headers, 'webhook-id': 'msg_x' } }),
      aKeyOfTheServer: await post(optOut, good.body, { headers: { 'x-source-key': signingSecretFrom(root, optOut) } }),
      swappedSecret: await post(optOut, good.body, { query: `?secret=${encodeURIComponent(signingSecretFrom(root, optIn))}` }),
      foreignSecret: await post(optOut, good.body, { query: `?secret=${encodeURIComponent(signingSecretFrom(other, optOut))}` }),
      severalSecrets: await post(optOut, good.body, { query: `?secret=x&secret=${encodeURIComponent(signingSecretFrom(root, optOut))}` }),
      theRoot: await post(optOut, good.body, { query: `?secret=${encodeURIComponent(root)}` }),
    }
    for (const [name, { status, body }] of Object.entries(refused)) assert.deepEqual([status, body.code], [401, 'callbackNotProved'], name)
    assert.equal(await left(), before)

    assert.equal((await send(good)).status, 200)
    const after = await left()
    assert.equal((await send(good)).status, 401)
    assert.equal(await left(), after)
  })

  test('the very same may come once more when it was refused, since it has had no effect', async ({ assert }) => {
    const wrong = signed(await opened(), optOut, { email: 'anna@example.com', category: 'no such one' })
    assert.deepEqual([(await send(wrong)).status, (await send(wrong)).status], [422, 422])
  })

  test('sent again by its sender, under its id and signed anew, it is answered and changes nothing', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser()]
    await anEmail(user, 'anna@example.com')
    const said = { email: 'anna@example.com' }
    await send(signed(root, optOut, said, { id: 'msg_again', at: now() - 20 }))
    await execute(sql`delete from user_unsubscribes where user_id = ${user}`)
    const again = await send(signed(root, optOut, said, { id: 'msg_again' }))
    assert.deepEqual([again.status, again.body, again.replayed], [200, { heard: true }, 'true'])
    assert.isEmpty(await rows(sql`select from user_unsubscribes where user_id = ${user}`))
  })

  test('a system that can only call an address brings the secret in it', async ({ assert }) => {
    const [root, user] = [await opened(), await aUser()]
    await anEmail(user, 'anna@example.com')
    const query = `?secret=${encodeURIComponent(signingSecretFrom(root, optOut))}`
    assert.equal((await post(optOut, JSON.stringify({ email: 'anna@example.com' }), { query })).status, 200)
    assert.lengthOf(await log(user), 1)
  })

  test('secrets are changed with an overlap and revoked at once; S-07 none of them lies in a table in clear', async ({ assert }) => {
    const id = await sourceId()
    const first = await opened()
    const second = await giveCallbackSecret(id, 24, nobody)
    const said = { email: 'nobody@example.com' }
    for (const root of [first, second]) assert.equal((await send(signed(root, optOut, said))).status, 200)
    await execute(sql`update sources set former_callback_until = now() - interval '1 second' where id = ${id}`)
    outdateSources()
    assert.equal((await send(signed(first, optOut, said))).status, 401)
    const kept = JSON.stringify(await rows(sql`select to_jsonb(s) as source, (select jsonb_agg(to_jsonb(l)) from audit_log l where l.object = 'source') as log from sources s`))
    for (const root of [first, second]) for (const text of [root, signingSecretFrom(root, optIn), signingSecretFrom(root, optOut)]) assert.notInclude(kept, text)
    await revokeCallbackSecret(id, nobody)
    assert.equal((await send(signed(second, optOut, said))).status, 401)
  })

  test('A-01 whatever a service says, it is told what is wrong with it', async ({ assert }) => {
    const root = await opened()
    const form = 'application/x-www-form-urlencoded'
    const bodies: [string, string?][] = [
      ['{"email":"\\u0000"}'], ['{"email":"\\ud800@x.example"}'], ['{"email":["a@x.example"]}'], ['{"other":"\\u0000"}'], ['[]'], ['null'], ['{'],
      ['{"__proto__":{"email":"a@x.example"}}'], [`{"a":${'['.repeat(100)}${']'.repeat(100)}}`], ['email[]=a@x.example', form], ['email[a]=b', form],
      ['__proto__[email]=a@x.example', form], ['email=%00', form], ['email=a%0d%0ab@x.example', form], ['', form], ['%', form], ['<email/>', 'text/xml'],
    ]
    for (const [body, type] of bodies) {
      const { status } = await send(signed(root, optOut, body), { type })
      assert.include([400, 415, 422], status, body)
    }
    const whole = { email: 'a@x.example', profile: { tags: [1, 'x'], more: { deep: true } }, list: [] }
    assert.equal((await send(signed(root, optOut, whole))).status, 200)
  })

  test('M-04 no address in the body is fetched', async ({ assert }) => {
    const asked: unknown[] = []
    const peer = http.createServer((request, response) => {
      asked.push(request.url)
      response.end()
    })
    await new Promise<void>((listening) => peer.listen(0, '127.0.0.1', listening))
    try {
      const url = `http://127.0.0.1:${(peer.address() as { port: number }).port}/confirm`
      const said = { Type: 'SubscriptionConfirmation', SubscribeURL: url, SigningCertURL: url, callback: url, email: 'anna@example.com' }
      const root = await opened()
      for (const method of [optIn, optOut]) {
        await post(method, JSON.stringify(said))
        await send(signed(root, method, said))
      }
      await new Promise((resume) => setTimeout(resume, 100))
      assert.isEmpty(asked)
    } finally {
      peer.close()
    }
  })

  test('each callback of the product has a secret of its own', ({ assert }) => {
    const callbacks = methods.all().filter(({ caller }) => caller === 'callback').map(({ name }) => name)
    assert.deepEqual(callbacks, [optIn, optOut])
    const secrets = callbacks.map((name) => signingSecretFrom('root', name))
    assert.lengthOf(new Set(secrets), callbacks.length)
    assert.equal(secrets[0], `whsec_${createHmac('sha256', 'root').update(optIn).digest('base64')}`)
  })
})
