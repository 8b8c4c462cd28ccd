import { test } from '@japa/runner'
import { realCost } from '#config/hash'
import { execute, row, rows, sql, transaction } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

test.group('Signing in', (group) => {
  rolledBack(group)

  test('shows a form in the language of the browser', async ({ client }) => {
    const english = await client.get('/login').header('accept-language', 'en')
    english.assertStatus(200)
    english.assertTextIncludes('Sign in to Tessera')
    const russian = await client.get('/login').header('accept-language', 'ru-RU,ru;q=0.9')
    russian.assertTextIncludes('Вход: Tessera')
  })

  test('speaks the language that was chosen on this browser, and goes on to the page that was asked for', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.get('/login?return=/users')
    const chosen = await visitor.post('/login/language', { locale: 'ru', return: '/login?return=%2Fusers' })
    assert.equal(chosen.headers.get('location'), '/login?return=%2Fusers')
    const page = await visitor.get('/login?return=%2Fusers')
    assert.include(page.words, 'Вход: Tessera')
    assert.include(page.words, 'name="return" value="/users"')
    assert.include((await visitor.get('/restore')).words, 'Новый пароль')
    const strange = await visitor.post('/login/language', { locale: 'xx', return: '//evil.example' })
    assert.equal(strange.headers.get('location'), '/login')
  })

  test('helps who keeps passwords in a programme, and lets paste', async ({ assert }) => {
    const { words } = await new Visitor().get('/login')
    assert.match(words, /<input[^>]*type="email"[^>]*autocomplete="username"/)
    assert.match(words, /<input[^>]*type="password"[^>]*autocomplete="current-password"/)
    assert.notMatch(words, /onpaste|autocomplete="off"/)
  })

  test('lets in who knows mail and password, whatever the case of the mail', async ({ client, assert }) => {
    const staff = await aMemberOfStaff({ email: 'masha@example.com' })
    const response = await client
      .post('/login')
      .form({ email: ' Masha@Example.com ', password: PASSWORD })
      .withCsrfToken()
      .redirects(0)
    response.assertStatus(303)
    response.assertHeader('location', '/')
    assert.equal(response.session('auth_staff'), `${staff.id}.1`)
  })

  test('goes back to the page that was asked for, and to no other host', async ({ client }) => {
    await aMemberOfStaff({ email: 'masha@example.com' })
    const targets = [
      ['/users?page=2', '/users?page=2'],
      ['//evil.example', '/'],
      ['/\\evil.example', '/'],
      ['https://evil.example', '/'],
      ['/%09/evil.example', '/%09/evil.example'],
      ['/..//evil.example', '/'],
      ['javascript:alert(1)', '/'],
      ['', '/'],
    ]
    for (const [asked, gone] of targets) {
      const response = await client
        .post('/login')
        .form({ email: 'masha@example.com', password: PASSWORD, return: asked })
        .withCsrfToken()
        .redirects(0)
      response.assertStatus(303)
      response.assertHeader('location', gone)
    }
  })

  test('answers alike for a wrong password, an unknown mail and an inactive person', async ({ client, assert }) => {
    await aMemberOfStaff({ email: 'masha@example.com' })
    const gone = await aMemberOfStaff({ email: 'gone@example.com' })
    await execute(sql`update staff set active = false where id = ${gone.id}`)
    const tries = [
      ['masha@example.com', 'not the password'],
      ['nobody@example.com', PASSWORD],
      ['gone@example.com', PASSWORD],
    ]
    const bodies = new Set<string>()
    for (const [email, password] of tries) {
      const response = await client.post('/login').form({ email, password }).withCsrfToken().redirects(0)
      response.assertStatus(422)
      response.assertTextIncludes('The e-mail or the password is not right.')
      bodies.add(response.text().replaceAll(email, '').replace(/value='[^']*'|content="[^"]*"|value="[^"]*"/g, ''))
    }
    assert.equal(bodies.size, 1)
  })

  test('reads strange input as a wrong password', async ({ client }) => {
    const strange = [{}, { email: ['a', 'b'], password: { $ne: '' } }, { email: 'a\u0001@b', password: 'x'.repeat(100_000) }]
    for (const body of strange) {
      const response = await client.post('/login').json(body).withCsrfToken().redirects(0)
      response.assertStatus(body.password && typeof body.password === 'string' ? 413 : 422)
    }
  })

  test('writes each sign-in to the audit log, and no password', async ({ client, assert }) => {
    const staff = await aMemberOfStaff({ email: 'masha@example.com' })
    await client.post('/login').form({ email: 'masha@example.com', password: PASSWORD }).withCsrfToken().redirects(0)
    const entries = await rows<{ action: string }>(sql`select * from audit_log where record_id = ${staff.id} order by id`)
    assert.deepEqual(
      entries.map(({ action }) => action),
      ['create', 'signIn']
    )
    assert.notInclude(JSON.stringify(entries), PASSWORD)
    assert.notInclude(JSON.stringify(entries), '$argon2')
  })

  test('ends with signing out', async ({ client, assert }) => {
    const staff = await aMemberOfStaff()
    const response = await client.post('/sign-out').loginAs(staff).withCsrfToken().redirects(0)
    response.assertStatus(303)
    response.assertHeader('location', '/login')
    assert.isUndefined(response.session('auth_staff'))
  })

  test('S-05 keeps passwords as argon2id, and nothing else goes into the table', async ({ assert }) => {
    const staff = await aMemberOfStaff()
    const kept = await row<{ password: string }>(sql`select password from staff where id = ${staff.id}`)
    assert.match(kept!.password, /^\$argon2id\$v=19\$/)
    await assert.rejects(
      () => transaction((trx) => execute(sql`update staff set password = 'plain' where id = ${staff.id}`, trx)),
      /staff_password_check/
    )
    /** Tests hash cheaply; what people get is held to the least that OWASP asks for. */
    assert.isAtLeast(realCost.memory, 19_456)
    assert.isAtLeast(realCost.iterations, 2)
  })
})
