import { request } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources } from '#tests/support/sources'

const home = `http://${process.env.HOST}:${process.env.PORT}`
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

test.group('What is too much or too long', (group) => {
  rolledBack(group)
  callingSources(group)

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
