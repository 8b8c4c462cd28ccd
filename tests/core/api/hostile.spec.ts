import { request } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { methods } from '#core/methods'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources, TILL_KEY } from '#tests/support/sources'

const home = `http://${process.env.HOST}:${process.env.PORT}`
/** So many in every run; `FUZZ_RUNS=10000` by night. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 300)

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

/** What programs with faults and people with intentions send in the place of a value. */
const hostile = fc.oneof(
  fc.constantFrom(
    null, true, false, 0, -1, 1e308, Number.MAX_SAFE_INTEGER + 2, '', ' ', '\0', 'a\0b', '\ud800', '\u202e', 'x'.repeat(5000), '1', 'on', 'null',
    "' or 1=1 --", '{{7*7}}', '../../etc/passwd', 'a\r\nX-Injected: 1', '<script>alert(1)</script>', '2026-02-30', '0001-01-01', '+7', [], {}, [[]], [null],
    { $ne: null }, { constructor: { prototype: { admin: true } } }
  ),
  fc.jsonValue({ maxDepth: 3 })
)

const mutation = fc.record({
  at: fc.nat(),
  value: hostile,
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'whole', 'raw', 'type', 'twice'),
  type: fc.constantFrom('text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', ''),
  raw: fc.constantFrom('', '{', '[]', 'null', '"x"', '5', '{"a":1,}', '{"__proto__":{"admin":true}}', deep(5000), '\ufeff{}', '{"a":"\\ud800"}'),
  method: fc.nat(),
  byServer: fc.boolean(),
})

type Mutation = typeof mutation extends fc.Arbitrary<infer One> ? One : never

/** One place of the example is made wrong. */
function mutated(example: unknown, { how, at, value, raw }: Mutation): string {
  if (how === 'raw') return raw
  if (how === 'whole') return JSON.stringify(value) ?? ''
  const body = structuredClone(example) as Record<string, unknown>
  const places = placesIn(body)
  const [holder, key] = places.length ? places[at % places.length] : [body, 'unknown']
  if (how === 'remove') delete holder[key]
  else if (how === 'add') holder[`${key}_`] = value
  else holder[key] = value
  const text = JSON.stringify(body)
  return how === 'twice' ? text.replace('{', `{"${key}":1,`) : text
}

function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => [[value as Record<string, unknown>, key], ...placesIn(one)] as [Record<string, unknown>, string][])
}

test.group('What nobody should send', (group) => {
  rolledBack(group)
  callingSources(group)

  test(`A-01 ${RUNS} malformed calls are answered, and never by a failure of ours`, async ({ assert }) => {
    const all = methods.all()
    const times: number[] = []
    let sent = 0
    await fc.assert(
      fc.asyncProperty(mutation, async (wrong) => {
        if (sent++ % 500 === 0) await limiter.clear(['memory'])
        const { name, example } = all[wrong.method % all.length]
        const body = mutated(example.input, wrong)
        const type = wrong.how === 'type' ? wrong.type : 'application/json'
        const source: Record<string, string> = wrong.byServer ? { 'x-source-key': TILL_KEY, 'x-user': '1' } : {}
        const startedAt = performance.now()
        const answer = await fetch(`${home}/api/v1/${wrong.byServer ? 'till' : 'site'}/${name}`, { method: 'POST', body, headers: { 'content-type': type, ...source } })
        const text = await answer.text()
        times.push(performance.now() - startedAt)
        assert.isBelow(answer.status, 500, `${name} ${type} ${body.slice(0, 300)}`)
        if (answer.status >= 400) assert.match(answer.headers.get('content-type')!, /^application\/problem\+json/, name)
        assert.notMatch(text, /\bat .+\.(ts|js):\d+/, name)
        assert.isNull(answer.headers.get('x-injected'))
      }),
      { numRuns: RUNS, endOnFailure: true }
    )
    assert.isUndefined(({} as { admin?: boolean }).admin)
  }).timeout(300_000)

  test('A-04 what is deep, large or packed is refused at once, and others are served meanwhile', async ({ assert }) => {
    const before = process.memoryUsage().rss
    const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
      fetch(`${home}/api/v1/site/source/info`, { method: 'POST', body: body as string, headers: { 'content-type': 'application/json', ...headers } }).then(
        ({ status }) => status,
        () => 413
      )
    const startedAt = Date.now()
    const packed = gzipSync(Buffer.from(`{"a":"${'x'.repeat(30_000_000)}"}`))
    assert.equal(await send(`{"a":${deep(10_000)}}`), 400)
    assert.equal(await send('x'.repeat(50_000_000)), 413)
    assert.equal(await send(packed, { 'content-encoding': 'gzip' }), 413)
    assert.equal(await send('{}'), 200)
    assert.isBelow(Date.now() - startedAt, 20_000)
    assert.isBelow(process.memoryUsage().rss - before, 400_000_000)
  }).timeout(60_000)

  test('A-04 who sends headers a sign at a time holds nobody up', async ({ assert }) => {
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect(Number(process.env.PORT), process.env.HOST!)
      socket.on('error', () => {})
      socket.write('POST /api/v1/site/source/info HTTP/1.1\r\nHost: x\r\nX-')
      return socket
    })
    const answer = await fetch(`${home}/api/v1/site/source/info`, { method: 'POST' })
    assert.equal(answer.status, 200)
    slow.forEach((socket) => socket.destroy())
  })

  test('A-14 a line break in a header or in a value makes no header', async ({ assert }) => {
    const answer = await fetch(`${home}/api/v1/site/source/info`, { method: 'POST', headers: { 'idempotency-key': 'a%0d%0aX-Injected: 1'.replaceAll(' ', '') } })
    assert.isNull(answer.headers.get('x-injected'))
    const named = await headersAt('/api/v1/site%0d%0aX-Injected:%201/source/info')
    assert.notInclude(Object.keys(named), 'x-injected')
  })

  test('S-06 an answer is guarded like a page, and kept nowhere', async ({ assert }) => {
    for (const [path, method] of [['/api/v1/site/source/info', 'POST'], ['/api/v1/nowhere/source/info', 'POST'], ['/api/v1/ping', 'GET'], ['/api/v1/no/such/method', 'POST']]) {
      const { headers } = await fetch(home + path, { method })
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
      assert.equal(headers.get('cache-control'), 'no-store', path)
      assert.include(headers.get('content-security-policy') ?? '', "frame-ancestors", path)
      assert.exists(headers.get('x-request-id'), path)
      assert.isEmpty(headers.getSetCookie(), path)
    }
  })
})

function headersAt(path: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    request(home + path, { method: 'POST' }, (answer) => {
      answer.resume()
      resolve(answer.headers)
    })
      .on('error', reject)
      .end()
  })
}
