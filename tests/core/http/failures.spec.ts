import { test } from '@japa/runner'
import { sql, execute } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const FRAGMENT = { 'hx-request': 'true', 'hx-request-type': 'partial' }
const JSON_PLEASE = { accept: 'application/json' }
const home = `http://${process.env.HOST}:${process.env.PORT}`

async function signedIn(role: 'administrator' | 'marketer' | 'viewer', locale: 'ru' | 'en' = 'en') {
  const staff = await aMemberOfStaff({ role, locale })
  const visitor = new Visitor()
  await visitor.signIn(staff.email)
  return visitor
}

test.group('Failures: who is it?', (group) => {
  rolledBack(group)

  test('a page goes to the sign-in form and knows the way back', async ({ assert }) => {
    const response = await new Visitor().get('/users?page=2&sort=-id')
    assert.equal(response.status, 303)
    assert.equal(response.headers.get('location'), '/login?return=%2Fusers%3Fpage%3D2%26sort%3D-id')
  })

  test('X-04 a fragment takes the whole page there, never a form into a panel', async ({ assert }) => {
    const current = `${home}/users/5?tab=loyalty`
    const response = await new Visitor().get('/users/5/tab/loyalty', { ...FRAGMENT, 'hx-current-url': current })
    assert.equal(response.status, 401)
    assert.equal(response.headers.get('hx-redirect'), '/login?return=%2Fusers%2F5%3Ftab%3Dloyalty')
    assert.equal(response.words, '')
  })

  test('A-13 the way back never leads to another host', async ({ assert }) => {
    for (const current of ['https://evil.example/users', '//evil.example', 'javascript:alert(1)', '\\\\evil']) {
      const response = await new Visitor().get('/users', { ...FRAGMENT, 'hx-current-url': current })
      assert.equal(response.headers.get('hx-redirect'), '/login?return=%2F', current)
    }
  })

  test('a write is not repeated after sign-in', async ({ assert }) => {
    const response = await new Visitor().post('/users', {}, { referer: 'https://evil.example/' })
    assert.equal(response.headers.get('location'), '/login?return=%2F')
  })

  test('a programme gets a problem (RFC 9457)', async ({ assert }) => {
    const response = await new Visitor().get('/users', JSON_PLEASE)
    assert.equal(response.status, 401)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    const problem = JSON.parse(response.words)
    assert.containsSubset(problem, { title: 'Please sign in', status: 401, code: 'signIn', instance: '/users' })
    assert.match(problem.type, /\/api\/docs#problem-signIn$/)
    assert.equal(problem.trace, response.headers.get('x-request-id'))
  })
})

test.group('Failures: no such page', (group) => {
  rolledBack(group)

  test('an address that leads nowhere has a page: {$self}')
    .with(['/no-such-section', '/users/abc', '/users/0', '/users/-1', '/users/99999999999999999999', '/users/987654321', '/users?q=%00', '/%00', '/users/1/tab/nothing'])
    .run(async ({ assert }, path) => {
      const visitor = await signedIn('administrator')
      const response = await visitor.get(path)
      assert.equal(response.status, 404)
      assert.include(response.words, '<h1>There is no such page</h1>')
      assert.include(response.words, 'href="/"')
    })

  test('in the language of the person', async ({ assert }) => {
    const visitor = await signedIn('administrator', 'ru')
    assert.include((await visitor.get('/no-such-section')).words, '<h1>Такой страницы нет</h1>')
  })

  test('in a panel it is a message in its place', async ({ assert }) => {
    const visitor = await signedIn('administrator')
    const response = await visitor.get('/users/987654321', FRAGMENT)
    assert.equal(response.status, 404)
    assert.include(response.words, 'role="alert"')
    assert.notInclude(response.words, '<html')
  })

  test('so has one that is not encoded rightly, and a programme gets its problem', async ({ assert }) => {
    const page = await (await signedIn('administrator')).get('/users/%E0%A4%A')
    assert.equal(page.status, 404)
    assert.include(page.words, '<h1>There is no such page</h1>')
    const answer = await fetch(`${home}/api/v1/%ff/source/info`, { method: 'POST' })
    assert.deepInclude(await answer.json(), { status: 404, code: 'unknownSource', instance: '/api/v1/%25ff/source/info' })
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
  })

  test('a body that is not packed as its header says is a bad request: {$self}')
    .with(['gzip', 'deflate', 'br'])
    .run(async ({ assert }, packed) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': packed }
      const answer = await fetch(`${home}/api/v1/site/source/info`, { method: 'POST', headers, body: '{"a":1}' })
      assert.deepInclude(await answer.json(), { status: 400, code: 'badRequest' })
    })
})

test.group('Failures: refused', (group) => {
  rolledBack(group)

  test('a page that the role does not open', async ({ assert }) => {
    const visitor = await signedIn('viewer')
    const page = await visitor.get('/staff')
    assert.equal(page.status, 403)
    assert.include(page.words, '<h1>You may not do this</h1>')
  })

  test('a write in a fragment leaves the page as it is and says so in a toast', async ({ assert }) => {
    const visitor = await signedIn('viewer', 'ru')
    await visitor.get('/profile')
    const response = await visitor.post('/users', {}, FRAGMENT)
    assert.equal(response.status, 403)
    assert.equal(response.headers.get('hx-reswap'), 'none')
    const header = response.headers.get('hx-trigger')!
    assert.match(header, /^[\x20-\x7e]+$/, 'a letter beyond ASCII in a header would end the process')
    assert.match(JSON.parse(header).toast.message, /^Ваша роль/)
  })

  test('a page that was open for too long', async ({ assert }) => {
    const visitor = await signedIn('marketer')
    const page = await visitor.post('/profile', { _csrf: 'of yesterday' })
    assert.equal(page.status, 403)
    assert.include(page.words, 'This page has expired')
    const fragment = await visitor.post('/profile', { _csrf: 'of yesterday' }, FRAGMENT)
    assert.equal(fragment.headers.get('hx-refresh'), 'true')
  })

  test('more than a page takes', async ({ assert }) => {
    const visitor = await signedIn('marketer')
    await visitor.get('/profile')
    const response = await visitor.post('/profile', { name: 'x'.repeat(3_000_000) })
    assert.equal(response.status, 413)
    assert.include(response.words, 'Too much at once')
  })

  test('JSON that is none', async ({ assert }) => {
    const visitor = await signedIn('marketer')
    const cookie = `tessera_session=${visitor.session}`
    const headers = { cookie, 'content-type': 'application/json', 'accept': 'application/json' }
    const response = await fetch(`${home}/profile`, { method: 'POST', headers, body: '{"name":' })
    assert.equal(response.status, 400)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
  })
})

test.group('Failures: ours', (group) => {
  rolledBack(group)

  test('have a number and tell nothing else: {form}')
    .with([
      { form: 'as a page', headers: {} },
      { form: 'as a fragment', headers: FRAGMENT },
      { form: 'as a problem', headers: JSON_PLEASE },
    ])
    .run(async ({ assert }, { headers }) => {
      const visitor = await signedIn('administrator')
      await execute(sql`alter table users rename to people`)
      const response = await visitor.get('/users', headers as Record<string, string>)
      assert.equal(response.status, 500)
      assert.include(response.words, response.headers.get('x-request-id')!)
      assert.include(response.words, 'Something went wrong on our side')
      assert.notMatch(response.words, /does not exist|people|node_modules/)
    })
})

test.group('Headers', (group) => {
  rolledBack(group)

  test('S-06 every page says what a browser may do with it: {$self}')
    .with(['/login', '/profile', '/users', '/no-such-section', '/staff'])
    .run(async ({ assert }, path) => {
      const visitor = await signedIn('administrator')
      const { headers } = await visitor.get(path)
      const policy = headers.get('content-security-policy')!
      assert.include(policy, "script-src 'self';")
      assert.include(policy, "frame-ancestors 'none'")
      assert.notInclude(policy, 'unsafe')
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.equal(headers.get('referrer-policy'), 'strict-origin-when-cross-origin')
      assert.equal(headers.get('cache-control'), 'no-store')
      assert.match(headers.get('x-request-id')!, /^[\w-]{8,64}$/)
    })

  test('a request keeps the name that a proxy gave it, unless it is no name', async ({ assert }) => {
    const visitor = new Visitor()
    const named = await visitor.get('/login', { 'x-request-id': 'a1b2c3d4-e5f6' })
    assert.equal(named.headers.get('x-request-id'), 'a1b2c3d4-e5f6')
    const forged = await visitor.get('/login', { 'x-request-id': '<script>' })
    assert.notInclude(forged.headers.get('x-request-id')!, 'script')
  })
})
