import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import limits from '#config/api'
import { execute, row, rows, sql } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import { keys, makeKey, revokeKey, rotateKey, type KeyDraft } from '../../../app/core/access/api_keys/api_key.js'
import { allows, readNetworks } from '../../../app/core/access/api_keys/networks.js'

const home = `http://${process.env.HOST}:${process.env.PORT}`
const nobody = { staffId: null }

const aKey = (draft: Partial<KeyDraft> = {}) =>
  makeKey({ name: 'Shop site', scopes: ['user:read'], networks: null, expiresAt: null, ...draft }, nobody)

async function ping(written?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${home}/api/v1/ping`, {
    headers: { ...(written ? { authorization: `Bearer ${written}` } : {}), ...headers },
    redirect: 'manual',
  })
  return Object.assign(response, { said: (await response.json()) as Record<string, unknown> })
}

test.group('API keys', (group) => {
  rolledBack(group)

  test('a key says its name and what it may do', async ({ assert }) => {
    const { written, id } = await aKey()
    assert.match(written, new RegExp(`^tsr_${id}_[0-9A-Za-z]{49}$`))
    const answer = await ping(written)
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.said, { key: 'Shop site', scopes: ['user:read'] })
    assert.isEmpty(answer.headers.getSetCookie())
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  })

  test('who has none, or a wrong one, is refused with a problem, in either language')
    .with([
      undefined,
      'tsr_1_x',
      'nonsense',
      `tsr_987654321_${'a'.repeat(49)}`,
      keys.write(987654321, 'a'.repeat(43)),
    ])
    .run(async ({ assert }, written) => {
      const answer = await ping(written)
      assert.equal(answer.status, 401)
      assert.equal(answer.headers.get('content-type'), 'application/problem+json')
      assert.include(answer.headers.get('www-authenticate')!, 'Bearer')
      assert.equal(answer.said.code, 'unknownKey')
      const russian = await ping(written, { 'accept-language': 'ru' })
      assert.equal(russian.said.title, 'Ключ не принят')
    })

  test('the secret of one key opens no other', async ({ assert }) => {
    const [one, two] = [await aKey(), await aKey()]
    const secret = keys.read(one.written)!.secret
    assert.equal((await ping(keys.write(two.id, secret))).status, 401)
  })

  test('a key that expired or was revoked says why, to its owner only', async ({ assert }) => {
    const expired = await aKey({ expiresAt: new Date(Date.now() - 1000) })
    assert.equal((await ping(expired.written)).said.code, 'expiredKey')
    const revoked = await aKey()
    await revokeKey(revoked.id, nobody)
    assert.equal((await ping(revoked.written)).said.code, 'revokedKey')
    assert.equal((await ping(keys.write(revoked.id, 'a'.repeat(43)))).said.code, 'unknownKey')
  })

  test('a key opens only from its addresses', async ({ assert }) => {
    const here = await aKey({ networks: readNetworks('127.0.0.0/8', 'networks') })
    const elsewhere = await aKey({ networks: readNetworks('203.0.113.7, 2001:db8::/32', 'networks') })
    assert.equal((await ping(here.written)).status, 200)
    const refused = await ping(elsewhere.written)
    assert.equal(refused.status, 403)
    assert.equal(refused.said.code, 'keyFromElsewhere')
    assert.equal((await ping(elsewhere.written, { 'x-forwarded-for': '203.0.113.7' })).status, 403)
  })

  test('addresses of both kinds', ({ assert }) => {
    const list = readNetworks(' 203.0.113.7; 198.51.100.0/24\n2001:db8::/32 203.0.113.7', 'networks')
    assert.equal(list, '203.0.113.7, 198.51.100.0/24, 2001:db8::/32')
    const letsIn = (address: string) => allows(list, address)
    assert.deepEqual(['203.0.113.7', '198.51.100.200', '::ffff:198.51.100.1', '2001:db8:1::5'].map(letsIn), [true, true, true, true])
    assert.deepEqual(['203.0.113.8', '198.51.101.1', '2001:db9::1', '::1'].map(letsIn), [false, false, false, false])
    for (const wrong of ['203.0.113', '203.0.113.7/33', 'shop.example', '::1/129', '1.2.3.4/x', '1.2.3.4/8/8']) {
      assert.throws(() => readNetworks(wrong, 'networks'))
    }
  })

  test('the former secret goes on for as long as was said', async ({ assert }) => {
    const { id, written: former } = await aKey()
    const next = await rotateKey(id, 24, nobody)
    assert.deepEqual([(await ping(former)).status, (await ping(next)).status], [200, 200])
    await execute(sql`update api_keys set former_until = now() where id = ${id}`)
    assert.deepEqual([(await ping(former)).status, (await ping(next)).status], [401, 200])

    const last = await rotateKey(id, 0, nobody)
    assert.deepEqual([(await ping(next)).status, (await ping(last)).status], [401, 200])
  })

  test('it is noted when and from where a key was used', async ({ assert }) => {
    const { id, written } = await aKey()
    await ping(written)
    const used = await row<{ last_used_from: string; now: boolean }>(
      sql`select last_used_from, last_used_at = now() as now from api_keys where id = ${id}`
    )
    assert.deepEqual(used, { last_used_from: '127.0.0.1', now: true })
  })

  test('A-06 a key may ask so often in a minute, and says how much it has left', async ({ assert, cleanup }) => {
    const { id, written } = await aKey()
    const other = await aKey()
    const perMinute = { requests: limits.perKey, duration: '1 minute' } as const
    const visits = limiter.use('memory', perMinute)
    cleanup(async () => void (await visits.delete(`key:${id}`)))
    const first = await ping(written)
    assert.equal(first.headers.get('x-ratelimit-limit'), String(limits.perKey))
    assert.equal(first.headers.get('x-ratelimit-remaining'), String(limits.perKey - 1))
    await visits.set(`key:${id}`, perMinute.requests, perMinute.duration)
    const refused = await ping(written)
    assert.equal(refused.status, 429)
    assert.exists(refused.headers.get('retry-after'))
    assert.equal(refused.said.code, 'tooMany')
    assert.equal((await ping(other.written)).status, 200)
  })

  test('an unknown address of the interface is a problem, not a page', async ({ assert }) => {
    const response = await fetch(`${home}/api/v1/nothing`)
    assert.equal(response.status, 404)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
  })

  test('a session of staff opens nothing there', async ({ assert }) => {
    const boss = await aMemberOfStaff({ role: 'administrator' })
    const visitor = new Visitor()
    await visitor.signIn(boss.email)
    assert.equal((await visitor.get('/api/v1/ping')).status, 401)
  })

  test('what cannot be a key is none: {$self}')
    .with(['', 'tsr_1', 'TSR_1_a', ' ', 'tsr_0_' + 'a'.repeat(49), 'tsr_99999999999999999999_' + 'a'.repeat(49)])
    .run(({ assert }, text) => assert.isNull(keys.read(text)))

  test('a slip in any sign is seen before the database is asked', ({ assert }) => {
    const written = keys.write(17, 'k'.repeat(43))
    assert.deepEqual(keys.read(written), { id: 17, secret: 'k'.repeat(43) })
    for (let at = 0; at < written.length; at++) {
      const slip = written.slice(0, at) + (written[at] === 'Z' ? 'Y' : 'Z') + written.slice(at + 1)
      assert.isNull(keys.read(slip), slip)
    }
  })
})

test.group('The section of API keys', (group) => {
  rolledBack(group)

  async function administrator() {
    const boss = await aMemberOfStaff({ role: 'administrator' })
    const visitor = new Visitor()
    await visitor.signIn(boss.email)
    await visitor.get('/api-keys/create')
    return visitor
  }

  const form = (scope = 'user:edit') => ({ 'name': 'Shop site', 'days': '90', 'networks': '', 'scopes[0]': 'user:read', 'scopes[1]': scope })

  test('S-07 a key is shown once, and kept as a hash', async ({ assert }) => {
    const visitor = await administrator()
    const shown = await visitor.post('/api-keys', form())
    assert.equal(shown.status, 200)
    const [written] = /tsr_\d+_[0-9A-Za-z]{49}/.exec(shown.words)!
    assert.deepEqual((await ping(written)).said.scopes, ['user:edit', 'user:read'])

    const { id, secret } = keys.read(written)!
    const card = await visitor.get(`/api-keys/${id}`)
    const list = await visitor.get('/api-keys')
    const audit = await visitor.get('/audit')
    const kept = await rows(sql`select to_jsonb(k)::text as text from api_keys k union all select to_jsonb(a)::text from audit_log a`)
    for (const text of [card.words, list.words, audit.words, JSON.stringify(kept)]) assert.notInclude(text, secret)
    assert.include(list.words, `tsr_${id}_${secret.slice(0, 4)}…`)
  })

  test('what is wrong is said at its field', async ({ assert }) => {
    const visitor = await administrator()
    const nameless = await visitor.post('/api-keys', { name: '', days: '90' })
    assert.equal(nameless.status, 422)
    assert.include(nameless.words, 'Fill this in')
    const network = await visitor.post('/api-keys', { name: 'x', days: '90', networks: 'shop.example' })
    assert.include(network.words, '“shop.example” is no address')
    for (const days of ['', '91', '-1']) assert.equal((await visitor.post('/api-keys', { name: 'x', days })).status, 422)
  })

  test('no key is given what is kept for administrators, nor what there is not: {$self}')
    .with(['staff:create', 'api_key:create', 'system_message:read', 'nothing:read', 'user:fly', 'user:reveal', '__proto__:read'])
    .run(async ({ assert }, scope) => {
      const visitor = await administrator()
      assert.equal((await visitor.post('/api-keys', form(scope))).status, 422)
    })

  test('rights, a new secret and the end of a key, each in the log', async ({ assert }) => {
    const visitor = await administrator()
    const { id } = await aKey()
    await visitor.post(`/api-keys/${id}/scopes`, { 'scopes[]': 'good:read' })
    assert.include((await visitor.get(`/api-keys/${id}/panels/scopes`)).words, 'value="good:read"')
    assert.equal((await visitor.get(`/api-keys/${id}/rotation`)).status, 200)
    const rotated = await visitor.post(`/api-keys/${id}/rotation`, { overlap: '1' })
    assert.deepEqual((await ping(/tsr_\w+/.exec(rotated.words)![0])).said.scopes, ['good:read'])
    assert.equal((await visitor.post(`/api-keys/${id}/revocation`)).status, 303)
    assert.equal((await visitor.post(`/api-keys/${id}/rotation`, { overlap: '1' })).status, 422)
    const log = await rows<{ action: string }>(sql`select action from audit_log where object = 'api_key' order by id`)
    assert.deepEqual(log.map(({ action }) => action), ['create', 'edit', 'rotateKey', 'revokeKey'])
  })

  test('only administrators come here', async ({ assert }) => {
    const marketer = await aMemberOfStaff()
    const visitor = new Visitor()
    await visitor.signIn(marketer.email)
    await visitor.get('/profile')
    for (const path of ['/api-keys', '/api-keys/create']) assert.equal((await visitor.get(path)).status, 403)
    assert.equal((await visitor.post('/api-keys', form())).status, 403)
  })
})
