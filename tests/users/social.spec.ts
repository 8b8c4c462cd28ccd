import { test } from '@japa/runner'
import { merge } from '#app/users'
import { execute, row, rows, sql } from '#core/database'
import { CLIENT, openidProvider } from '#tests/support/openid_provider'
import { a, anEmail, aUser, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { ask } from '#tests/support/shop'
import { callingSources, SHOP } from '#tests/support/sources'

const redirectUrl = `${SHOP}/signed-in`
const anna = { sub: 'anna-there', email: 'anna@example.com', email_verified: true, given_name: 'Анна', family_name: 'Иванова' }

test.group('Sign-in through others', (group) => {
  rolledBack(group)
  callingSources(group)
  const provider = openidProvider(group)
  group.each.setup(async () => {
    await a('social_provider', {
      name: 'The other one', code: 'other', issuer: provider.issuer(), clientId: CLIENT.id, clientSecret: CLIENT.secret, scopes: 'openid email profile',
      trustsEmail: true, active: true,
    })
    await execute(sql`insert into consent_documents (kind, version, text_ru, text_hash) values ('personal_data', '1', 'Согласен', '')`)
  })

  const start = async (token?: string) => (await ask('user/socialStart', { provider: 'other', redirectUrl }, { token })).body as { url: string; state: string }
  async function signIn(person: { sub: string } = anna, token?: string) {
    const { url } = await start(token)
    return ask('user/socialLogin', provider.agrees(url, person), { token })
  }
  const register = (pass: string) =>
    ask('user/register', { pass, identifiers: [{ type: 'email', value: 'anna@example.com' }], consents: [{ kind: 'personal_data', document: '1', value: true }] })

  test('begins with a code, a state, a nonce and PKCE', async ({ assert }) => {
    const { url, state } = await start()
    const { origin, searchParams } = new URL(url)
    assert.equal(origin, provider.issuer())
    assert.deepInclude(Object.fromEntries(searchParams), {
      response_type: 'code', client_id: CLIENT.id, redirect_uri: redirectUrl, state, code_challenge_method: 'S256', scope: 'openid email profile',
    })
    assert.isAbove(searchParams.get('nonce')!.length, 20)
    assert.notInclude(JSON.stringify(await rows(sql`select l::text from social_logins l`)), state)
  })

  test('who is new gets a pass, is kept only with consent, and signs in from then on', async ({ assert }) => {
    const { body } = await signIn()
    assert.deepInclude(body, { userId: null, token: null, email: 'anna@example.com', givenName: 'Анна', surname: 'Иванова' })
    assert.lengthOf(await rows(sql`select from user_social_accounts`), 0)
    const registered = await register(body.pass)
    assert.deepEqual(registered.body.toConfirm, [])
    const again = await signIn()
    assert.equal(again.body.userId, registered.body.userId)
    assert.equal((await ask('user/info', {}, { token: again.body.token })).body.identifiers[0].confirmed, true)
  })

  test('a confirmed mail address that the provider vouches for is the customer; one that is not confirmed here is nobody', async ({ assert }) => {
    const known = await aUser()
    await anEmail(known, 'anna@example.com', false)
    assert.isNull((await signIn()).body.userId)
    await execute(sql`update user_identifiers set confirmed = true where user_id = ${known}`)
    assert.isNull((await signIn({ ...anna, email_verified: false } as never)).body.userId)
    assert.equal((await signIn()).body.userId, known)
    assert.isNotNull(await row(sql`select from user_social_accounts where user_id = ${known} and subject = 'anna-there'`))
  })

  test('who is signed in links an account, and nobody else links it again', async ({ assert }) => {
    const { body } = await signIn()
    const { body: mine } = await register(body.pass)
    const linked = await signIn({ sub: 'another-there' }, mine.token)
    assert.equal(linked.body.userId, mine.userId)
    const other = await aUser()
    await execute(sql`update user_social_accounts set user_id = ${other} where subject = 'another-there'`)
    assert.equal((await signIn({ sub: 'another-there' }, mine.token)).body.code, 'socialAccountTaken')
  })

  test('what somebody else has begun links nothing to the account of who ends it', async ({ assert }) => {
    const { body } = await signIn()
    const { body: mine } = await register(body.pass)
    const begun = { byStranger: (await start()).url, byMe: (await start(mine.token)).url }
    const ended = [
      await ask('user/socialLogin', provider.agrees(begun.byStranger, { sub: 'stranger-there' }), { token: mine.token }),
      await ask('user/socialLogin', provider.agrees(begun.byMe, { sub: 'stranger-there' })),
    ]
    assert.deepEqual(ended.map((answer) => answer.body.code), ['socialLoginOver', 'socialLoginOver'])
    assert.lengthOf(await rows(sql`select from user_social_accounts where subject = 'stranger-there'`), 0)
  })

  test('F27 an account that was linked before a merge signs in who the customer is now', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser()]
    await anEmail(from, 'anna@example.com')
    assert.equal((await signIn()).body.userId, from)
    await merge({ from, into }, nobody)
    for (const token of [undefined, (await signIn()).body.token]) assert.equal((await signIn(anna, token)).body.userId, into)
  })

  test('works once, at the source where it began', async ({ assert }) => {
    await execute(sql`update sources set front_end = true where code = 'app'`)
    const { url } = await start()
    const back = provider.agrees(url, anna)
    assert.equal((await ask('user/socialLogin', { ...back, state: 'x'.repeat(43) })).body.code, 'socialLoginOver')
    assert.equal((await ask('user/socialLogin', back)).status, 200)
    assert.equal((await ask('user/socialLogin', back)).body.code, 'socialLoginOver')
  })

  test('{what} is no proof')
    .with([
      { what: 'a token with another nonce', spoil: () => provider.spoil({ nonce: 'of another' }) },
      { what: 'a token for another client', spoil: () => provider.spoil({ aud: 'another' }) },
      { what: 'a token of another issuer', spoil: () => provider.spoil({ iss: 'https://evil.example' }) },
      { what: 'a token that is out of date', spoil: () => provider.spoil({ exp: 1 }) },
      { what: 'a token with the signature of another key', spoil: () => provider.signWithAnotherKey() },
    ])
    .run(async ({ assert }, { spoil }) => {
      spoil()
      const refused = await signIn()
      assert.equal(refused.status, 422)
      assert.equal(refused.body.code, 'providerSilent')
    })

  test('A-13 the way back leads to a site of the source only', async ({ assert }) => {
    for (const foreign of ['https://evil.example/', `${SHOP}.evil.example/`, 'javascript:alert(1)', '//evil.example']) {
      assert.equal((await ask('user/socialStart', { provider: 'other', redirectUrl: foreign })).body.code, 'foreignRedirect')
    }
  })

  test('U-04 a provider inside the house is not called', async ({ assert }) => {
    await execute(sql`update social_providers set issuer = 'http://127.0.0.1:1'`)
    assert.equal((await ask('user/socialStart', { provider: 'other', redirectUrl })).body.code, 'providerSilent')
  })

  test('S-07 the secret is kept encrypted', async ({ assert }) => {
    assert.notInclude(JSON.stringify(await rows(sql`select p::text from social_providers p union all select changes::text from audit_log`)), CLIENT.secret)
  })
})
