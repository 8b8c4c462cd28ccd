import { request } from 'node:http'
import { test } from '@japa/runner'
import { rolledBack } from '#tests/support/rolled_back'
import { callingSources } from '#tests/support/sources'

const home = `http://${process.env.HOST}:${process.env.PORT}`

test.group('What answers say in their headers', (group) => {
  rolledBack(group)
  callingSources(group)

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

test.group('Pages of the interface', () => {
  test('S-06 the document, its page and the example of a front end run no script of a stranger and are framed by nobody: {$self}')
    .with(['/api/docs', '/api/docs?language=ru', '/api/openapi.json', '/demo', '/demo/shop.js', '/demo/no-such-file', '/api/no-such-page'])
    .run(async ({ assert }, path) => {
      const { headers } = await fetch(home + path)
      const csp = headers.get('content-security-policy') ?? ''
      assert.notMatch(csp, /unsafe-(inline|eval)|\*/)
      for (const rule of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]) assert.include(csp, rule)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.equal(headers.get('referrer-policy'), 'strict-origin-when-cross-origin')
      assert.isEmpty(headers.getSetCookie())
    })

  test('S-06 no page of the interface brings a script or a style within itself', async ({ assert }) => {
    for (const path of ['/api/docs', '/demo']) {
      const html = await (await fetch(home + path)).text()
      assert.notMatch(html, /<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|\sstyle=|javascript:/i, path)
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
