import { test } from '@japa/runner'
import { randomUUID } from 'node:crypto'
import hash from '@adonisjs/core/services/hash'
import limits from '#config/api'
import { execute, rows, sql } from '#core/database'
import { anEmail, aUser } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { ask, askAsServer } from '#tests/support/shop'
import { callingSources } from '#tests/support/sources'

const PASSWORD = 'correct horse battery'
/** Of each door in every run; `TIMING_PAIRS=200` and `GUESSES=1000` by night. */
const PAIRS = Number(process.env.TIMING_PAIRS ?? 40)
const GUESSES = Number(process.env.GUESSES ?? 40)

async function anAccount(value: string) {
  const id = await aUser()
  await anEmail(id, value)
  await execute(sql`insert into user_passwords (user_id, hash) values (${id}, ${await hash.make(PASSWORD)})`)
  return id
}

const mail = (value: string) => ({ type: 'email', value })
const newcomer = (value: string) => ({ identifiers: [mail(value)], consents: [{ kind: 'personal_data', document: '1', value: true }], password: PASSWORD })
const forgetTries = () => execute(sql`delete from rate_limits`)
/** As if so many seconds had gone by for all counts. */
const wait = (seconds: number) => execute(sql`update rate_limits set expire = expire - ${seconds * 1000}::bigint`)

test.group('What the time of an answer tells of customers', (group) => {
  rolledBack(group)
  callingSources(group)

  test('S-01 {what}: known and unknown take the same time, and get the same answer')
    .with([
      { what: 'a wrong password', ask: (email: string) => ask('user/login', { identifiers: [mail(email)], password: 'a wrong guess' }) },
      { what: 'a forgotten password', ask: (email: string) => ask('user/restorePassword', { identifier: mail(email) }) },
      { what: 'a code that is asked for', ask: (email: string) => ask('ticket/generate', { identifier: mail(email), purpose: 'login' }) },
      { what: 'a wrong code', ask: (email: string) => ask('ticket/confirm', { identifier: mail(email), code: '000000' }) },
      { what: 'a wrong code to sign in', ask: (email: string) => ask('user/loginWithoutPassword', { identifier: mail(email), code: '000000' }) },
      {
        what: 'a wrong code for a new password',
        ask: (email: string) => ask('user/restorePassword', { identifier: mail(email), code: '000000', password: 'a fresh long password' }),
      },
    ])
    .run(async ({ assert }, door) => {
      /** Others each time: what a try that failed has written stands. */
      const emails = Array.from({ length: 10 }, () => `known-${randomUUID()}@example.com`)
      for (const email of emails) await anAccount(email)
      const taken = { known: [] as number[], unknown: [] as number[] }
      const answers = { known: new Set<string>(), unknown: new Set<string>() }
      for (let n = 0; n < PAIRS; n++) {
        const tried = { known: emails[n % emails.length], unknown: `${randomUUID()}@example.com` }
        for (const kind of n % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
          /** Addresses and accounts are limited, which is proved below. */
          await forgetTries()
          const begun = performance.now()
          const { status, body } = await door.ask(tried[kind])
          taken[kind].push(performance.now() - begun)
          answers[kind].add(JSON.stringify({ ...body, status, trace: '' }))
        }
      }
      /** Of the quicker half: what else the machine does at that moment slows down some of both. */
      const [known, unknown] = [quicker(taken.known), quicker(taken.unknown)]
      const gap = Math.abs(known - unknown)
      assert.isTrue(gap < 5 || gap < unknown * 0.05, `known ${known.toFixed(1)} ms, unknown ${unknown.toFixed(1)} ms`)
      assert.deepEqual(answers.known, answers.unknown)
    })
    .retry(2)
    .timeout(120_000)
})

/** The median of the quicker half. */
const quicker = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 2]

test.group('Guessing at doors of customers', (group) => {
  rolledBack(group)
  callingSources(group)

  const guess = async (times: number, email = 'anna@example.com') => {
    const statuses: number[] = []
    for (let n = 0; n < times; n++) statuses.push((await ask('user/login', { identifiers: [mail(email)], password: `guess ${n}` })).status)
    return statuses
  }
  const owner = () => ask('user/login', { identifiers: [mail('anna@example.com')], password: PASSWORD })

  test('S-02 five passwords are free, then each has to wait; an unknown account is counted alike', async ({ assert }) => {
    await anAccount('anna@example.com')
    assert.deepEqual(await guess(8), [401, 401, 401, 401, 401, 401, 429, 429])
    assert.deepEqual(await guess(8, 'nobody@example.com'), [401, 401, 401, 401, 401, 401, 429, 429])
  })

  test(`S-02 of ${GUESSES} passwords in a row few are looked at`, async ({ assert }) => {
    await anAccount('anna@example.com')
    const statuses = await guess(GUESSES)
    assert.isBelow(statuses.filter((status) => status === 401).length, 10)
    assert.deepEqual([...new Set(statuses)], [401, 429])
  }).timeout(300_000)

  test('S-02 the owner gets in after the wait, and is not locked out for good', async ({ assert }) => {
    await anAccount('anna@example.com')
    await guess(30)
    const kept = await owner()
    assert.equal(kept.status, 429)
    assert.isAbove(Number(kept.headers.get('retry-after')), 0)
    await wait(15 * 60)
    assert.equal((await owner()).status, 200)
    assert.deepEqual(await guess(5), [401, 401, 401, 401, 401])
  })

  test('S-02 who has signed in from this network is counted apart from strangers', async ({ assert }) => {
    await anAccount('anna@example.com')
    await owner()
    await execute(sql`update user_sessions set address = '203.0.113.7'`)
    await guess(30)
    await execute(sql`update user_sessions set address = '127.0.0.1'`)
    assert.equal((await owner()).status, 200)
  })

  test('S-02 of many codes few are looked at, and no ticket more than five times', async ({ assert }) => {
    const id = await anAccount('anna@example.com')
    const identifier = mail('anna@example.com')
    await execute(
      sql`insert into user_tickets (user_id, identifier_id, generator_id, purpose, code_hash, expires_at)
        select ${id}, i.id, g.id, 'login', sha256('unknown'), now() + interval '10 minutes'
        from user_identifiers i, ticket_generators g where i.user_id = ${id} and g.identifier_type = 'email' and g.campaign_id is null`
    )
    const looked = []
    for (let n = 0; n < GUESSES; n++) looked.push((await ask('user/loginWithoutPassword', { identifier, code: String(100_000 + n) })).status)
    assert.isBelow(looked.filter((status) => status !== 429).length, 8)
    await forgetTries()
    for (let n = 0; n < 5; n++) await ask('user/loginWithoutPassword', { identifier, code: String(200_000 + n) })
    assert.deepEqual(await rows(sql`select tries from user_tickets where user_id = ${id}`), [{ tries: 5 }])
  }).timeout(300_000)

  test('S-02 codes are asked for five times an hour, for known and unknown alike', async ({ assert }) => {
    await anAccount('anna@example.com')
    for (const email of ['anna@example.com', 'nobody@example.com']) {
      const statuses = []
      for (let n = 0; n < 6; n++) statuses.push((await ask('ticket/generate', { identifier: mail(email) })).status)
      assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429])
    }
  })

  test('S-02 a server asks for many people, so its address counts for nothing, but each account does', async ({ assert }) => {
    const sign = (email: string) => askAsServer('user/login', { identifiers: [mail(email)], password: 'a wrong guess' })
    for (let n = 0; n < 62; n++) assert.equal((await sign(`person${n}@example.com`)).status, 401)
    const statuses = []
    for (let n = 0; n < 7; n++) statuses.push((await sign('anna@example.com')).status)
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 401, 429])
  })

  test('A-06 {limit}: one more from the address is too many in that hour, and a server is not counted so')
    .with([
      { limit: 'registrationsPerAddress', method: 'user/register', input: (n: number) => newcomer(`new${n}@example.com`), status: 200 },
      { limit: 'takenPerAddress', method: 'user/register', input: () => newcomer('anna@example.com'), status: 409 },
      { limit: 'codesPerAddress', method: 'ticket/generate', input: (n: number) => ({ identifier: mail(`new${n}@example.com`) }), status: 200 },
      { limit: 'guessesPerAddress', method: 'user/login', input: (n: number) => ({ identifiers: [mail(`new${n}@example.com`)], password: 'a wrong guess' }), status: 401 },
    ] as const)
    .run(async ({ assert, cleanup }, { limit, method, input, status }) => {
      const usual = limits[limit]
      cleanup(() => void (limits[limit] = usual))
      limits[limit] = 3
      await anAccount('anna@example.com')
      await execute(sql`insert into consent_documents (kind, version, text_ru, text_hash) values ('personal_data', '1', 'Согласен', '')`)
      const statuses = []
      for (let n = 0; n < 4; n++) statuses.push((await ask(method, input(n))).status)
      assert.deepEqual(statuses, [status, status, status, 429])
      assert.equal((await askAsServer(method, input(5))).status, status)
      await wait(60 * 60)
      assert.equal((await ask(method, input(6))).status, status)
    })

  test('the table of limits is no list of people', async ({ assert }) => {
    await guess(2)
    await ask('ticket/generate', { identifier: mail('anna@example.com') })
    assert.notInclude(JSON.stringify(await rows(sql`select key from rate_limits`)), 'anna')
  })
})
