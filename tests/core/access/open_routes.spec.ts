import { test } from '@japa/runner'
import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import api from '#config/api'
import limiter from '@adonisjs/limiter/services/main'
import { rolledBack } from '#tests/support/rolled_back'
import { addressOf, registeredRoutes } from '#tests/support/routes'

const home = `http://${process.env.HOST}:${process.env.PORT}`
const withoutSignIn = () => registeredRoutes().filter(({ policy }) => policy?.kind === 'open' || policy?.kind === 'guest')
const reads = (method: string) => method === 'GET'

test.group('Addresses without sign-in', (group) => {
  rolledBack(group)

  test('A-08 are those of the list, and few', async ({ assert }) => {
    const list = await readFile(app.makePath('tests/core/access/open_routes.txt'), 'utf8')
    const expected = list.split('\n').filter((line) => line && !line.startsWith('#'))
    const registered = withoutSignIn().map(({ method, pattern, policy }) => `${method} ${pattern} ${policy!.kind}`)
    assert.deepEqual(registered, expected)
    assert.isAtMost(registered.length, 30)
  })

  test('A-08 set no session cookie, but for the sign-in form with its token', async ({ assert }) => {
    for (const route of withoutSignIn().filter(({ policy }) => policy!.kind === 'open')) {
      const response = await fetch(home + addressOf(route), { method: route.method, redirect: 'manual' })
      assert.isBelow(response.status, 500, `${route.method} ${route.pattern}`)
      assert.isEmpty(response.headers.getSetCookie(), `${route.method} ${route.pattern}`)
    }
  })

  test('A-08 take no large body', async ({ assert }) => {
    const bodies = {
      'application/x-www-form-urlencoded': `a=${'x'.repeat(100_000)}`,
      'application/json': JSON.stringify({ a: 'x'.repeat(100_000) }),
    }
    for (const route of withoutSignIn().filter(({ method }) => !reads(method))) {
      for (const [type, body] of Object.entries(bodies)) {
        const response = await fetch(home + addressOf(route), {
          method: route.method,
          headers: { 'content-type': type },
          body,
          redirect: 'manual',
        })
        assert.equal(response.status, 413, `${route.method} ${route.pattern} with ${type}`)
      }
    }
  })

  test('A-08 have a limit for each address', async ({ assert }) => {
    const visits = limiter.use('memory', { requests: 3000, duration: '1 minute' })
    await visits.block('open:127.0.0.1', '1 minute')
    try {
      for (const route of withoutSignIn()) {
        const response = await fetch(home + addressOf(route), { method: route.method, redirect: 'manual' })
        assert.equal(response.status, 429, `${route.method} ${route.pattern}`)
        assert.exists(response.headers.get('retry-after'))
      }
    } finally {
      await visits.delete('open:127.0.0.1')
    }
  })

  test('A-08 doors of other systems have one of their own, so that pages take nothing of it', async ({ assert }) => {
    const doors = registeredRoutes().filter(({ policy }) => policy?.kind === 'api' || policy?.kind === 'method')
    const answers = () => Promise.all(doors.map((door) => fetch(home + addressOf(door), { method: door.method, redirect: 'manual' })))
    const [pages, calls] = [limiter.use('memory', { requests: 3000, duration: '1 minute' }), limiter.use('memory', { requests: api.atTheDoor, duration: '1 minute' })]
    try {
      await pages.block('open:127.0.0.1', '1 minute')
      assert.notInclude((await answers()).map(({ status }) => status), 429)
      await calls.block('door:127.0.0.1', '1 minute')
      for (const { status, headers, url } of await answers()) {
        assert.equal(status, 429, url)
        assert.exists(headers.get('retry-after'))
      }
    } finally {
      await pages.delete('open:127.0.0.1')
      await calls.delete('door:127.0.0.1')
    }
  })
})
