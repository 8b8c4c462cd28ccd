import { createHash } from 'node:crypto'
import vine from '@vinejs/vine'
import { test } from '@japa/runner'
import testUtils from '@adonisjs/core/services/test_utils'
import limiter from '@adonisjs/limiter/services/main'
import limits from '#config/api'
import { execute, row, rows, sql } from '#core/database'
import { DomainError } from '#core/objects'
import { defineMethod, type Method } from '#core/methods'
import { hashOfSecret } from '#core/secrets'
import { signals } from '#core/signals'
import { aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources, TILL_KEY } from '#tests/support/sources'
import { outdateSources } from '../../../app/campaigns/sources/source_by_code.js'
import { doors } from '../../../app/core/methods/doors.js'
import { answer } from '../../../app/core/methods/answer.js'
import { forgetAnswers } from '../../../app/core/methods/idempotency.js'
import { signedIn } from '../api/support/callers.js'

class NotToday extends DomainError {
  readonly code = 'notToday'
}

/** Its effect is a row of its own table; it is refused, or loses against others, as often as it is told. */
let lost = 0
const noting = defineMethod({
  name: 'probe/note',
  caller: 'anyone',
  input: vine.create({ text: vine.string().maxLength(20), refused: vine.boolean().optional() }),
  output: vine.create({ id: vine.number(), at: vine.string() }),
  example: { input: { text: 'x' }, output: { id: 1, at: '' } },
  async run({ input, trx }) {
    const noted = await row<{ id: number }>(sql`insert into probe_notes (text) values (${input.text}) returning id`, trx)
    if (input.refused) throw new NotToday()
    if (lost-- > 0) throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
    return { output: { id: noted!.id, at: new Date().toISOString() } }
  },
})

async function call(method: Method, body: object, headers: Record<string, string> = {}, { source = 'site', address = '127.0.0.1' } = {}) {
  const ctx = await testUtils.createHttpContext()
  ctx.params = { source }
  ctx.request.ip = () => address
  Object.assign(ctx.request.request.headers, headers)
  ctx.request.setInitialBody(body as Record<string, unknown>)
  await answer(method, ctx as never)
  return { text: String((ctx.response.content ?? [''])[0]), replayed: ctx.response.getHeader('idempotency-replayed') === 'true' }
}

const notes = async () => (await row<{ count: number }>(sql`select count(*) as count from probe_notes`))!.count
const kept = async () => (await row<{ count: number }>(sql`select count(*) as count from method_answers`))!.count

test.group('What comes of calls', (group) => {
  callingSources(group)
  group.setup(async () => {
    await execute(sql`create table probe_notes (id bigint generated always as identity, text text)`)
    if (!signals.all().some(({ name }) => name === noting.signal.name)) signals.add(noting.signal)
    return async () => {
      await execute(sql`drop table probe_notes`)
    }
  })
  group.each.setup(async () => {
    await execute(sql`truncate probe_notes, method_answers`)
    lost = 0
    return async () => {
      await execute(sql`truncate method_answers`)
    }
  })

  test('L-02 fifty calls with one key happen once and are answered alike', async ({ assert }) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => call(noting, { text: 'once' }, { 'idempotency-key': 'one' })))
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
    assert.equal(answers.filter(({ replayed }) => !replayed).length, 1)
    assert.equal(await notes(), 1)
  }).timeout(30_000)

  test('L-02 the key with another question is refused, and another key is another call', async ({ assert }) => {
    const first = await call(noting, { text: 'a' }, { 'idempotency-key': 'one' })
    await assert.rejects(() => call(noting, { text: 'b' }, { 'idempotency-key': 'one' }), 'keyUsedOtherwise')
    const other = await call(noting, { text: 'a' }, { 'idempotency-key': 'two' })
    assert.notEqual(first.text, other.text)
    assert.equal(await notes(), 2)
  })

  test('L-02 a key is of whoever sent it: a browser is never given the answer of a server, of a session or of another address', async ({ assert }) => {
    await execute(sql`update sources set key_hash = ${hashOfSecret(TILL_KEY)}, key_beginning = 'a-se' where code = 'site'`)
    outdateSources()
    const key = { 'idempotency-key': 'one' }
    const server = { ...key, 'x-source-key': TILL_KEY }
    const user = (await row<{ id: number }>(sql`insert into users default values returning id`))!.id
    const { session } = doors
    doors.session = async (token) => ({ id: Number(token), userId: user })
    try {
      const ask = (headers: Record<string, string>, address?: string) => call(noting, { text: 'a' }, headers, { address })
      const asked = () => [
        ask(key), ask(key, '203.0.113.7'), ask(server), ask({ ...key, authorization: 'Bearer 1' }), ask({ ...key, authorization: 'Bearer 2' }),
        ask({ ...server, 'x-user': String(user) }),
      ]
      const first = await Promise.all(asked())
      assert.equal(await notes(), first.length)
      assert.deepEqual(await Promise.all(asked()), first.map(({ text }) => ({ text, replayed: true })))
    } finally {
      doors.session = session
      await execute(sql`delete from user_events where user_id = ${user}`)
      await execute(sql`delete from users where id = ${user}`)
      await execute(sql`update sources set key_hash = null, key_beginning = null where code = 'site'`)
    }
  })

  test('L-02 who is refused for what their twin has just done is given its answer', async ({ assert }) => {
    const key = { 'idempotency-key': 'one' }
    let done: Promise<unknown> | undefined
    const once = { ...noting, prepare: async () => (done ? done.then(() => Promise.reject(new NotToday())) : undefined) }
    const twin = new Promise<{ text: string; replayed: boolean }>((resolve) => {
      /** The second one has looked for a kept answer before there is one, and prepares when the first one is through. */
      const first = () => call(noting, { text: 'a' }, key)
      done = new Promise((begin) => setTimeout(() => void first().then(begin), 200))
      resolve(call(once, { text: 'a' }, key))
    })
    const { text, replayed } = await twin
    assert.isTrue(replayed)
    assert.deepEqual(await call(noting, { text: 'a' }, key), { text, replayed: true })
    assert.equal(await notes(), 1)
  })

  test('a call that fails leaves nothing, and its key may be used again', async ({ assert }) => {
    await assert.rejects(() => call(noting, { text: 'a', refused: true }, { 'idempotency-key': 'one' }), 'NotToday')
    assert.deepEqual([await notes(), await kept()], [0, 0])
    await call(noting, { text: 'b' }, { 'idempotency-key': 'one' })
    assert.deepEqual([await notes(), await kept()], [1, 1])
  })

  test('an answer is kept encrypted, for a day', async ({ assert }) => {
    await call(noting, { text: 'a' }, { 'idempotency-key': 'one' })
    const [{ answer: written }] = await rows<{ answer: string }>(sql`select answer from method_answers`)
    assert.notInclude(written, '"id"')
    const asked = createHash('sha256').update(JSON.stringify(['probe/note', { text: 'a' }, []])).digest()
    assert.isEmpty(await rows(sql`select from method_answers where question = ${asked}`), 'a password in a question would be tried by its plain hash')
    assert.equal(await forgetAnswers(), 0)
    await execute(sql`update method_answers set created_at = now() - interval '25 hours'`)
    assert.equal(await forgetAnswers(), 1)
  })

  test('who loses against another transaction tries again, a few times', async ({ assert }) => {
    lost = 2
    await call(noting, { text: 'stubborn' })
    assert.equal(await notes(), 1)
    lost = 9
    await assert.rejects(() => call(noting, { text: 'hopeless' }), 'deadlock detected')
    assert.equal(await notes(), 1)
  })
})

test.group('How often one may call', (group) => {
  rolledBack(group)
  callingSources(group)
  group.each.setup(async () => {
    const usual = { ...limits }
    await limiter.clear(['memory'])
    return async () => {
      Object.assign(limits, usual)
      await limiter.clear(['memory'])
    }
  })

  for (const limit of ['perSource', 'perAddress'] as const) {
    test(`A-06 ${limit}: the next call is too many, and whatever X-Forwarded-For says`, async ({ client, assert }) => {
      limits[limit] = 3
      const ask = (n: number) => client.post('/api/v1/site/source/info').header('x-forwarded-for', `203.0.113.${n}`).json({})
      const answers = [await ask(1), await ask(2), await ask(3), await ask(4)]
      assert.deepEqual(answers.map((one) => one.status()), [200, 200, 200, 429])
      assert.deepEqual(answers.map((one) => one.header('x-ratelimit-remaining')), ['2', '1', '0', '0'])
      const last = answers[3]
      assert.equal(last.header('x-ratelimit-limit'), '3')
      assert.isAbove(Number(last.header('retry-after')), 0)
      assert.equal(last.body().code, 'tooMany')
    })
  }

  test('A-06 perCustomer: counted wherever they call from, and nobody else waits for it', async ({ client, assert }) => {
    limits.perCustomer = 3
    const [anna, boris] = [await aUser(), await aUser()]
    const byServer = (user: number) => client.post('/api/v1/till/user/info').headers({ 'x-source-key': TILL_KEY, 'x-user': String(user) }).json({})
    const token = await signedIn(anna)
    const byPage = (n: number) => client.post('/api/v1/site/user/info').headers({ ...token, 'x-forwarded-for': `203.0.113.${n}` }).json({})
    const answers = [await byServer(anna), await byPage(1), await byServer(anna), await byPage(2), await byServer(anna)]
    assert.deepEqual(answers.map((one) => one.status()), [200, 200, 200, 429, 429])
    assert.equal(answers[3].header('x-ratelimit-limit'), '3')
    assert.isAbove(Number(answers[3].header('retry-after')), 0)
    assert.equal((await byServer(boris)).status(), 200)
    assert.equal((await client.post('/api/v1/site/source/info').json({})).status(), 200)
  })
})
