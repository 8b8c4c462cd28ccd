import { test } from '@japa/runner'
import { rolledBack } from '#tests/support/rolled_back'
import { addressOf, exampleRoutes } from '#tests/support/routes'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const home = `http://${process.env.HOST}:${process.env.PORT}`

/** Routes of an object differ in nothing but the object, so one of each pattern is asked. */
function writingRoutes() {
  return exampleRoutes().filter(({ method, policy }) => method !== 'GET' && !['open', 'api', 'method'].includes(policy!.kind))
}

test.group('Writes from elsewhere', (group) => {
  rolledBack(group)

  let visitor: Visitor
  let token: string
  group.each.setup(async () => {
    const boss = await aMemberOfStaff({ role: 'administrator' })
    visitor = new Visitor()
    await visitor.signIn(boss.email)
    const page = await visitor.get('/profile')
    token = /name="csrf-token" content="([^"]+)"/.exec(page.words)![1]
  })

  const send = (route: { method: string; pattern: string }, headers: Record<string, string>, body?: string) =>
    fetch(home + addressOf(route as never), {
      method: route.method,
      redirect: 'manual',
      headers: {
        'cookie': [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body,
    })

  test('A-12 no write passes without a token')
    .with([
      { as: 'a form', headers: {} },
      { as: 'htmx', headers: { 'hx-request': 'true', 'hx-request-type': 'partial' } },
      { as: 'a made-up token', headers: { 'x-csrf-token': 'abcdefgh-0123456789' } },
    ])
    .run(async ({ assert }, { as, headers }) => {
      for (const route of writingRoutes()) {
        const response = await send(route, headers as Record<string, string>, '')
        assert.equal(response.status, 403, `${route.method} ${route.pattern} as ${as}`)
        if (as === 'htmx') assert.equal(response.headers.get('hx-refresh'), 'true')
      }
    })
    .timeout(120_000)

  test('A-12 nor with a token from another site')
    .with([
      { 'origin': 'https://evil.example' },
      { 'origin': 'null' },
      { 'origin': 'http://127.0.0.1.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'origin': 'https://evil.example', 'hx-request': 'true' },
    ])
    .run(async ({ assert }, headers) => {
      for (const route of writingRoutes()) {
        const response = await send(route, { ...(headers as object), 'x-csrf-token': token }, '')
        assert.equal(response.status, 403, `${route.method} ${route.pattern}`)
      }
    })
    .timeout(120_000)

  test('A-12 a POST does not become a GET by a word in its body', async ({ assert }) => {
    const response = await send({ method: 'POST', pattern: '/profile' }, {}, '_method=GET&name=x')
    assert.equal(response.status, 403)
    const crash = await send({ method: 'POST', pattern: '/profile?_method[]=GET' }, {}, '')
    assert.equal(crash.status, 403)
  })

  test('a write from our own page passes', async ({ assert }) => {
    const response = await send(
      { method: 'POST', pattern: '/profile' },
      { 'x-csrf-token': token, 'origin': home, 'sec-fetch-site': 'same-origin' },
      'name=Masha&locale=en&timezone=UTC'
    )
    assert.equal(response.status, 303)
  })
})
