import { test } from '@japa/runner'
import { createHash } from 'node:crypto'
import hash from '@adonisjs/core/services/hash'
import limits from '#config/api'
import { execute, row, rows, sql, transaction } from '#core/database'
import { block, markAsFraud, merge } from '#app/users'
import { capturedMail } from '#tests/support/captured_mail'
import { a, anEmail, aUser, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aCampaign, ask, askAsServer, workOff } from '#tests/support/shop'
import { callingSources, TILL_KEY } from '#tests/support/sources'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const PASSWORD = 'correct horse battery'

/** A customer with a mail address and a password. */
async function anAccount(email = 'anna@example.com', password = PASSWORD) {
  const id = await aUser({ givenName: 'Анна', locale: 'en' })
  await anEmail(id, email)
  await execute(sql`insert into user_passwords (user_id, hash) values (${id}, ${await hash.make(password)})`)
  return id
}

const mail = (value = 'anna@example.com') => ({ type: 'email', value })
const signIn = (password = PASSWORD, ...identifiers: object[]) => ask('user/login', { identifiers: identifiers.length ? identifiers : [mail()], password })
const tokenOf = async () => (await signIn()).body.token as string
const left = (user: number) => rows(sql`select id from user_sessions where user_id = ${user}`)

test.group('Accounts of customers', (group) => {
  rolledBack(group)
  callingSources(group)

  test('a customer signs in and reads their own data', async ({ assert }) => {
    const id = await anAccount()
    const signedIn = await signIn()
    assert.equal(signedIn.status, 200)
    assert.equal(signedIn.body.userId, id)
    assert.match(signedIn.body.token, /^tsc_[\w-]{43}$/)
    const { body } = await ask('user/info', {}, { token: signedIn.body.token })
    assert.deepInclude(body, { userId: id, givenName: 'Анна', hasPassword: true, personalDataAgree: true })
    assert.deepEqual(body.identifiers, [{ type: 'email', value: 'anna@example.com', confirmed: true, active: true, main: true }])
  })

  test('what a method did is an event of the customer with its source and method', async ({ assert }) => {
    const id = await anAccount()
    await signIn()
    const event = await row(sql`select signal, source, method from user_events where user_id = ${id} and signal = 'user.login'`)
    assert.deepEqual(event, { signal: 'user.login', source: 'site', method: 'user/login' })
  })

  test('identifiers of two customers are as wrong as a wrong password', async ({ assert }) => {
    await anAccount()
    await anAccount('boris@example.com')
    const [both, wrong, unknown] = [
      await signIn(PASSWORD, mail(), mail('boris@example.com')),
      await signIn('another password'),
      await signIn(PASSWORD, mail('nobody@example.com')),
    ]
    for (const { status, body } of [both, wrong, unknown]) assert.deepInclude({ status, code: body.code }, { status: 401, code: 'wrongCredentials' })
    assert.deepEqual({ ...wrong.body, trace: '' }, { ...unknown.body, trace: '' })
  })

  test('A-09 a token of one source opens nothing at another', async ({ assert }) => {
    await anAccount()
    await execute(sql`update sources set front_end = true where code = 'app'`)
    const token = await tokenOf()
    assert.equal((await ask('user/info', {}, { token, source: 'app' })).status, 401)
    assert.equal((await ask('user/info', {}, { token })).status, 200)
  })

  test('signing out ends the session, or all of them', async ({ assert }) => {
    const id = await anAccount()
    const tokens = [await tokenOf(), await tokenOf(), await tokenOf()]
    assert.deepEqual((await ask('user/logout', {}, { token: tokens[0] })).body, { ended: 1 })
    assert.equal((await ask('user/info', {}, { token: tokens[0] })).status, 401)
    assert.deepEqual((await ask('user/logoutEverywhere', {}, { token: tokens[1] })).body, { ended: 2 })
    assert.equal((await ask('user/info', {}, { token: tokens[2] })).status, 401)
    assert.lengthOf(await left(id), 0)
  })

  test('a session ends when nobody came, and after the whole of its days', async ({ assert }) => {
    await anAccount()
    const token = await tokenOf()
    await execute(sql`update user_sessions set last_seen_at = now() - interval '31 days'`)
    assert.equal((await ask('user/info', {}, { token })).status, 401)
    await execute(sql`update user_sessions set last_seen_at = now(), expires_at = now()`)
    assert.equal((await ask('user/info', {}, { token })).status, 401)
  })

  test('S-04 a new password ends every session but the one that asks', async ({ assert }) => {
    await anAccount()
    const [here, there] = [await tokenOf(), await tokenOf()]
    const change = (current: string) => ask('user/changePassword', { current, password: 'another long password' }, { token: here })
    assert.equal((await change('not the password')).status, 403)
    const changed = await change(PASSWORD)
    assert.equal(changed.status, 200)
    assert.equal((await ask('user/info', {}, { token: here })).status, 401)
    assert.equal((await ask('user/info', {}, { token: there })).status, 401)
    assert.equal((await ask('user/info', {}, { token: changed.body.token })).status, 200)
    assert.equal((await signIn()).status, 401)
    assert.equal((await signIn('another long password')).status, 200)
  })

  test('S-04 whoever is blocked is signed out at once, and stays so when the block is lifted', async ({ assert }) => {
    const id = await anAccount()
    const token = await tokenOf()
    await transaction((trx) => block(id, {}, nobody, trx))
    assert.lengthOf(await left(id), 0)
    assert.equal((await ask('user/info', {}, { token })).status, 401)
    assert.equal((await signIn()).body.code, 'userBlocked')
  })

  test('S-04 whoever is deleted is signed out at once', async ({ assert }) => {
    const id = await anAccount()
    await tokenOf()
    await execute(sql`update users set deleted_at = now() where id = ${id}`)
    assert.lengthOf(await left(id), 0)
  })

  test('S-05 passwords are argon2id; a SHA-256 from elsewhere is wrapped, and made anew at the first sign-in', async ({ assert }) => {
    const id = await anAccount()
    const sha256 = createHash('sha256').update('old password').digest('hex')
    await execute(sql`update user_passwords set hash = ${await hash.make(sha256)}, wraps_sha256 = true where user_id = ${id}`)
    assert.equal((await signIn('another')).status, 401)
    assert.equal((await signIn(sha256)).status, 401)
    assert.equal((await signIn('old password')).status, 200)
    const kept = await row<{ hash: string; wraps: boolean }>(sql`select hash, wraps_sha256 as wraps from user_passwords where user_id = ${id}`)
    assert.isFalse(kept!.wraps)
    assert.match(kept!.hash, /^\$argon2id\$/)
    assert.isTrue(await hash.verify(kept!.hash, 'old password'))
    assert.equal((await signIn('old password')).status, 200)
  })

  test('S-07 no token, password or code lies in a table in clear', async ({ assert }) => {
    const id = await anAccount()
    const token = await tokenOf()
    const [session] = await rows<object>(sql`select encode(hash, 'escape') as h, s.* from user_sessions s where user_id = ${id}`)
    assert.notInclude(JSON.stringify(session), token.slice(4))
    assert.notInclude(JSON.stringify(await rows(sql`select * from user_events where user_id = ${id}`)), token.slice(4))
  })

  test('A-10 customers change their own data and nothing else; the history keeps what was', async ({ assert }) => {
    const id = await anAccount()
    const token = await tokenOf()
    const refused = await ask('user/edit', { givenName: 'Мария', id: 1, status: 2, isTest: true, personalDataAgree: false }, { token })
    assert.sameMembers(Object.keys(refused.body.errors), ['id', 'status', 'isTest', 'personalDataAgree'])
    const changed = await ask('user/edit', { givenName: 'Мария', birthDate: '1990-05-17', gender: 'female' }, { token })
    assert.deepEqual(changed.body, { changed: true, toConfirm: [], toApprove: [] })
    const { body } = await ask('user/info', {}, { token })
    assert.deepInclude(body, { userId: id, givenName: 'Мария', birthDate: '1990-05-17', gender: 'female', personalDataAgree: true })
    assert.deepEqual(await row(sql`select is_test, status_id from users where id = ${id}`), { is_test: false, status_id: 1 })
    const told = await row<{ changes: any; method: string }>(sql`select changes, method from audit_log where object = 'user' and record_id = ${id} and action = 'edit'`)
    assert.equal(told!.changes.before.givenName, 'Анна')
    assert.equal(told!.method, 'user/edit')
  })

  test('what a campaign locks, customers do not change, but servers do', async ({ assert }) => {
    const id = await anAccount()
    await aCampaign('spring', { editsName: false }, ['site', 'till'])
    const token = await tokenOf()
    const refused = await ask('user/edit', { givenName: 'Мария' }, { token })
    assert.equal(refused.status, 403)
    assert.equal(refused.body.code, 'fieldLocked')
    assert.equal((await askAsServer('user/edit', { givenName: 'Мария' }, id)).status, 200)
  })

  test('A-14 {what} in a name is refused')
    .with([
      { what: 'a line break', givenName: 'Anna\r\nBcc: x@example.com' },
      { what: 'a NUL', givenName: 'An\u0000na' },
      { what: 'a mark that turns the text', givenName: 'Anna\u202Egnp.exe' },
      { what: 'an isolate', givenName: '\u2067Anna' },
    ])
    .run(async ({ assert }, { givenName }) => {
      await anAccount()
      const refused = await ask('user/edit', { givenName }, { token: await tokenOf() })
      assert.equal(refused.status, 422)
      assert.properties(refused.body.errors, ['givenName'])
    })

  test('a server names a customer by id or identifier, and nobody else does', async ({ assert }) => {
    const id = await anAccount()
    assert.equal((await askAsServer('user/info', {}, id)).body.userId, id)
    assert.equal((await askAsServer('user/info', {}, 'email:Anna@Example.com')).body.userId, id)
    assert.equal((await askAsServer('user/info', {}, 987654321)).status, 401)
    assert.equal((await ask('user/info', {}, { headers: { 'x-user': String(id) } })).status, 401)
    assert.equal((await askAsServer('user/loginWithoutPassword', { identifier: mail() })).body.userId, id)
    assert.equal((await ask('user/loginWithoutPassword', { identifier: mail() })).status, 422)
  })
})

test.group('Codes and links', (group) => {
  rolledBack(group)
  callingSources(group)
  const inbox = capturedMail(group)

  /** What the last letter to an address holds. */
  async function letter(to = 'anna@example.com') {
    await workOff('users.askTicket', 'users.ticket')
    const { text, subject, html } = (await inbox.received()).findLast((one) => one.to === to)!
    return { subject, text, html, code: /Code: (\w+)/.exec(text)?.[1] ?? '', link: /\/confirm\/([\w-]+)/.exec(text)?.[1] ?? '' }
  }

  test('a forgotten password: the code opens the way to a new one, and the old sessions are dead', async ({ assert }) => {
    await anAccount()
    const token = await tokenOf()
    assert.deepEqual((await ask('user/restorePassword', { identifier: mail() })).body, { changed: false })
    const { code, subject } = await letter()
    assert.match(subject, /New password/)
    assert.match(code, /^\d{6}$/)
    const renewed = await ask('user/restorePassword', { identifier: mail(), code, password: 'a fresh long password' })
    assert.deepEqual(renewed.body, { changed: true })
    assert.equal((await ask('user/info', {}, { token })).status, 401)
    assert.equal((await signIn('a fresh long password')).status, 200)
    assert.equal((await ask('user/restorePassword', { identifier: mail(), code, password: 'once more please' })).body.code, 'wrongTicket')
  })

  test('staff send a way back in, and learn neither the code nor the password', async ({ assert }) => {
    const id = await anAccount()
    const visitor = new Visitor()
    await visitor.signIn((await aMemberOfStaff({ role: 'marketer' })).email)
    const { words } = await visitor.get(`/users/${id}`)
    assert.include(words, `/users/${id}/password-letters`)
    const sent = await visitor.post(`/users/${id}/password-letters`)
    assert.equal(sent.status, 303)
    const { code, subject } = await letter()
    assert.match(subject, /New password/)
    for (const path of [`/users/${id}`, `/users/${id}/head/tickets`, `/users/${id}/head/history`]) assert.notInclude((await visitor.get(path)).words, code, path)
    assert.include((await visitor.get(`/users/${id}/head/tickets`)).words, 'anna@example.com')
    assert.deepEqual((await ask('user/restorePassword', { identifier: mail(), code, password: 'a fresh long password' })).body, { changed: true })

    const cardOnly = await aUser()
    await a('identifier', { user: cardOnly, type: 'card', value: '4412', confirmed: true })
    const refused = await visitor.post(`/users/${cardOnly}/password-letters`, {}, { 'hx-request': 'true' })
    assert.equal(refused.status, 422)
    assert.notInclude((await visitor.get(`/users/${cardOnly}`)).words, 'password-letters')
  })

  test('no code that opens the account goes to an unconfirmed address of who has confirmed another', async ({ assert }) => {
    const id = await anAccount()
    await a('identifier', { user: id, type: 'phone', value: '+79160000001', confirmed: true })
    await execute(sql`update user_identifiers set confirmed = false, confirmed_at = null where user_id = ${id} and type = 'email'`)
    for (const [method, body] of [['user/restorePassword', {}], ['ticket/generate', { purpose: 'login' }]] as const) await ask(method, { identifier: mail(), ...body })
    await workOff('users.askTicket')
    const visitor = new Visitor()
    await visitor.signIn((await aMemberOfStaff({ role: 'marketer' })).email)
    await visitor.get(`/users/${id}`)
    assert.equal((await visitor.post(`/users/${id}/password-letters`, {}, { 'hx-request': 'true' })).status, 422)
    assert.isEmpty(await rows(sql`select from user_tickets where user_id = ${id}`))
    await ask('ticket/generate', { identifier: mail(), purpose: 'confirm' })
    await workOff('users.askTicket')
    assert.lengthOf(await rows(sql`select from user_tickets where user_id = ${id}`), 1)
  })

  test('signing in by a code, which works once and confirms the address', async ({ assert }) => {
    const id = await aUser({ locale: 'en' })
    await anEmail(id, 'anna@example.com', false)
    await ask('ticket/generate', { identifier: mail(), purpose: 'login' })
    const { code } = await letter()
    const use = () => ask('user/loginWithoutPassword', { identifier: mail(), code })
    assert.equal((await use()).body.userId, id)
    assert.equal((await use()).body.code, 'wrongTicket')
    assert.isTrue((await row<{ confirmed: boolean }>(sql`select confirmed from user_identifiers where user_id = ${id}`))!.confirmed)
  })

  test('sessions that a server opened end with its key, for good', async ({ assert }) => {
    const id = await anAccount()
    const token: string = (await askAsServer('user/loginWithoutPassword', { identifier: mail() })).body.token
    const own = await tokenOf()
    const isOpen = async (one: string, source: string) => (await ask('user/info', {}, { token: one, source, headers: source === 'till' ? { 'x-source-key': TILL_KEY } : {} })).status === 200
    assert.isTrue(await isOpen(token, 'till'))
    const key = await row<{ key_hash: Buffer }>(sql`select key_hash from sources where code = 'till'`)
    await execute(sql`update sources set key_hash = null where code = 'till'`)
    await execute(sql`update sources set key_hash = ${key!.key_hash} where code = 'till'`)
    assert.isFalse(await isOpen(token, 'till'))
    assert.isTrue(await isOpen(own, 'site'))
    assert.deepEqual(await rows(sql`select by_server from user_sessions where user_id = ${id}`), [{ by_server: false }])
  })

  test('and with one that is changed with no time left to it, and none comes after it', async ({ assert }) => {
    const id = await anAccount()
    const change = (until: string) => execute(sql`update sources set key_hash = sha256(${until}::bytea), former_key_hash = key_hash, former_key_until = ${until}::timestamptz where code = 'till'`)
    await askAsServer('user/loginWithoutPassword', { identifier: mail() })
    await change('tomorrow')
    assert.lengthOf(await left(id), 1)
    await change('now')
    assert.isEmpty(await left(id))
    assert.equal((await askAsServer('user/loginWithoutPassword', { identifier: mail() })).body.code, 'sourceKeyNeeded')

    await askAsServer('user/info', {}, id)
    await execute(sql`update sources set key_hash = null where code = 'till'`)
    assert.equal((await askAsServer('user/loginWithoutPassword', { identifier: mail() })).body.code, 'sourceKeyNeeded')
    assert.isEmpty(await left(id))
  })

  test('who proves an address first owns the account: a stranger who had registered it is out', async ({ assert }) => {
    const id = await anAccount()
    await execute(sql`update user_identifiers set confirmed = false, confirmed_at = null where user_id = ${id}`)
    const stranger = await tokenOf()
    await ask('ticket/generate', { identifier: mail(), purpose: 'login' })
    const { code } = await letter()
    const { token } = (await ask('user/loginWithoutPassword', { identifier: mail(), code })).body
    assert.equal((await ask('user/info', {}, { token })).body.hasPassword, false)
    assert.equal((await ask('user/info', {}, { token: stranger })).status, 401)
    assert.equal((await signIn()).body.code, 'wrongCredentials')
  })

  test('F27 a code that was mailed before a merge signs in who the customer is now', async ({ assert }) => {
    const [from, into] = [await anAccount(), await aUser()]
    await ask('ticket/generate', { identifier: mail(), purpose: 'login' })
    const { code } = await letter()
    await merge({ from, into }, nobody)
    const { body } = await ask('user/loginWithoutPassword', { identifier: mail(), code })
    assert.equal(body.userId, into)
    assert.equal((await ask('user/info', {}, { token: body.token })).body.userId, into)
    assert.deepEqual([(await left(from)).length, (await left(into)).length], [0, 1])
    await execute(sql`update user_sessions set user_id = ${from}`)
    assert.equal((await ask('user/info', {}, { token: body.token })).body.userId, into)
  })

  test('F27 a password that is restored by a code from before a merge is the one of who the customer is now', async ({ assert }) => {
    const [from, into] = [await anAccount(), await aUser()]
    await ask('user/restorePassword', { identifier: mail() })
    const { code } = await letter()
    await merge({ from, into }, nobody)
    const renewed = await ask('user/restorePassword', { identifier: mail(), code, password: 'a fresh long password' })
    assert.deepEqual(renewed.body, { changed: true })
    assert.deepInclude((await signIn('a fresh long password')).body, { userId: into })
  })

  test('F26 a code that was sent to an address opens nothing once another has taken its place', async ({ assert }) => {
    const id = await anAccount()
    await ask('user/restorePassword', { identifier: mail() })
    const { code } = await letter()
    await askAsServer('user/edit', { identifiers: [{ ...mail('new@example.com'), confirmed: true }] }, id)
    const late = await ask('user/restorePassword', { identifier: mail(), code, password: 'of who reads old mail' })
    assert.equal(late.body.code, 'wrongTicket')
    assert.equal((await signIn(PASSWORD, mail('new@example.com'))).status, 200)
  })

  test('a code that was sent to an address that nobody has confirmed opens nothing once another is confirmed', async ({ assert }) => {
    const id = await aUser({ locale: 'en' })
    await anEmail(id, 'anna@example.com', false)
    await ask('ticket/generate', { identifier: mail(), purpose: 'login' })
    const { code } = await letter()
    await a('identifier', { user: id, type: 'phone', value: '+79161234567', confirmed: true })
    assert.equal((await ask('user/loginWithoutPassword', { identifier: mail(), code })).body.code, 'wrongTicket')
  })

  test('a letter calls by name only at an address that is known to be theirs: a name may be anybody\'s words', async ({ assert }) => {
    const id = await anAccount()
    const [{ id: typed }] = await rows<{ id: number }>(sql`update user_identifiers set confirmed = false where user_id = ${id} returning id`)
    await ask('ticket/generate', { identifier: mail() })
    assert.notInclude((await letter()).text, 'Анна')
    await execute(sql`update user_identifiers set confirmed = true where id = ${typed}`)
    await ask('user/restorePassword', { identifier: mail() })
    assert.include((await letter()).text, 'Анна')
  })

  test('a code for one thing opens no other', async ({ assert }) => {
    await anAccount()
    await ask('ticket/generate', { identifier: mail(), purpose: 'login' })
    const { code } = await letter()
    assert.equal((await ask('ticket/confirm', { identifier: mail(), code })).body.code, 'wrongTicket')
    assert.equal((await ask('user/restorePassword', { identifier: mail(), code, password: 'a fresh long password' })).body.code, 'wrongTicket')
  })

  test('S-02 five tries a code, and then not even the right one', async ({ assert }) => {
    await anAccount()
    await ask('ticket/generate', { identifier: mail(), purpose: 'login' })
    const { code } = await letter()
    const wrong = code === '000000' ? '000001' : '000000'
    for (let n = 0; n < 5; n++) assert.equal((await ask('user/loginWithoutPassword', { identifier: mail(), code: wrong })).status, 422)
    await execute(sql`delete from rate_limits`)
    assert.equal((await ask('user/loginWithoutPassword', { identifier: mail(), code })).body.code, 'wrongTicket')
    assert.equal((await row<{ tries: number }>(sql`select tries from user_tickets where purpose = 'login'`))!.tries, 5)
  })

  test('a new code voids the former, and a code is out of date by the clock of the database', async ({ assert }) => {
    await anAccount()
    await ask('ticket/generate', { identifier: mail(), purpose: 'login' })
    const first = await letter()
    await ask('ticket/generate', { identifier: mail(), purpose: 'login' })
    const second = await letter()
    assert.equal((await ask('user/loginWithoutPassword', { identifier: mail(), code: first.code })).body.code, 'wrongTicket')
    await execute(sql`update user_tickets set expires_at = now() where voided_at is null`)
    assert.equal((await ask('user/loginWithoutPassword', { identifier: mail(), code: second.code })).body.code, 'wrongTicket')
  })

  test('S-01 whoever asks for a code learns nothing of who is known', async ({ assert }) => {
    await anAccount()
    const [known, unknown] = [await ask('ticket/generate', { identifier: mail() }), await ask('ticket/generate', { identifier: mail('nobody@example.com') })]
    assert.deepEqual(known, { ...unknown, headers: known.headers })
    assert.deepEqual(known.body, { lifeMinutes: 10, length: 6, tries: 5 })
    await workOff('users.askTicket', 'users.ticket')
    assert.lengthOf((await inbox.received()).filter(({ to }) => to === 'nobody@example.com'), 0)
  })

  test('M-02 the page of a link changes nothing until its button is pressed', async ({ assert, client }) => {
    const id = await aUser({ locale: 'ru' })
    await anEmail(id, 'anna@example.com', false)
    await ask('ticket/generate', { identifier: mail() })
    await workOff('users.askTicket', 'users.ticket')
    const [{ text }] = await inbox.received()
    const [, path] = /(\/confirm\/[\w-]+)/.exec(text)!
    const confirmed = async () => (await row<{ confirmed: boolean }>(sql`select confirmed from user_identifiers where user_id = ${id}`))!.confirmed

    const page = await client.get(path)
    page.assertStatus(200)
    page.assertTextIncludes('Подтвердить адрес')
    page.assertTextIncludes(`в аккаунте № ${id}`)
    assert.isFalse(await confirmed())
    const done = await client.post(path)
    done.assertStatus(200)
    done.assertTextIncludes('Адрес подтверждён')
    assert.isTrue(await confirmed())
    const again = await client.post(path)
    again.assertStatus(410)
  })

  test('S-07 a code stands in its letter and nowhere else', async ({ assert }) => {
    await anAccount()
    await ask('ticket/generate', { identifier: mail(), purpose: 'login' })
    const { code } = await letter()
    const kept = await rows(sql`select payload::text, title from job_runs union all select payload::text, signal from user_events union all select t::text, '' from user_tickets t`)
    assert.notInclude(JSON.stringify(kept), code)
    assert.notInclude(JSON.stringify(await rows(sql`select payload::text from job_runs where job = 'users.askTicket'`)), 'anna@example.com')
  })

  test('what nothing carries is refused to front ends; a server asks for it and follows the signal', async ({ assert }) => {
    const id = await aUser()
    await execute(sql`insert into user_identifiers (user_id, type, value) values (${id}, 'phone', '+79161234567')`)
    await execute(sql`insert into identifier_owners (type, value, user_id) values ('phone', '+79161234567', ${id})`)
    const identifier = { type: 'phone', value: '8 916 123-45-67' }
    assert.equal((await ask('ticket/generate', { identifier })).body.code, 'channelMissing')
    assert.equal((await askAsServer('ticket/generate', { identifier })).status, 200)
    await workOff('users.askTicket')
    const told = await row<{ payload: any }>(sql`select payload from user_events where user_id = ${id} and signal = 'ticket.generated'`)
    assert.deepInclude(told!.payload, { type: 'phone', purpose: 'confirm' })
  })

  test('a new address waits beside the old one until its code is brought', async ({ assert }) => {
    await anAccount()
    const token = await tokenOf()
    const changed = await ask('user/edit', { identifiers: [mail('new@example.com')] }, { token })
    assert.deepEqual(changed.body, { changed: true, toConfirm: ['email'], toApprove: [] })
    const active = async () => (await ask('user/info', {}, { token })).body.identifiers.filter((one: any) => one.active).map((one: any) => one.value)
    assert.deepEqual(await active(), ['anna@example.com'])
    const { code } = await letter('new@example.com')
    const confirmed = await ask('ticket/confirm', { identifier: mail('new@example.com'), code })
    assert.deepEqual(confirmed.body, { confirmed: true, type: 'email', active: true })
    assert.deepEqual(await active(), ['new@example.com'])
  })

  test('half of an answer is told at what is missing, and a type that nothing brings a code to by its name', async ({ assert }) => {
    for (const method of ['ticket/confirm', 'user/loginWithoutPassword']) {
      assert.deepEqual(Object.keys((await ask(method, {})).body.errors), ['identifier'])
      assert.deepEqual(Object.keys((await ask(method, { identifier: mail() })).body.errors), ['code'])
    }
    const { body } = await ask('ticket/generate', { identifier: { type: 'card', value: '7700 1234 5678' } })
    assert.equal(body.code, 'channelMissing')
    assert.match(body.detail, /Loyalty card|Карта лояльности/)
  })

  test('the letter to an address that was given up to another customer opens nothing', async ({ assert }) => {
    const id = await anAccount()
    await ask('user/edit', { identifiers: [mail('new@example.com')] }, { token: await tokenOf() })
    const { link } = await letter('new@example.com')
    await execute(sql`update identifier_owners set user_id = ${await aUser()} where value = 'new@example.com'`)
    assert.equal((await ask('ticket/confirm', { link })).body.code, 'wrongTicket')
    assert.lengthOf(await rows(sql`select from user_identifiers where user_id = ${id} and value = 'new@example.com' and not confirmed`), 1)
  })

  test('ten contacts an hour are entered, in however many calls', async ({ assert }) => {
    await anAccount()
    const token = await tokenOf()
    const enter = (...names: string[]) => ask('user/edit', { identifiers: names.map((name) => mail(`${name}@example.com`)) }, { token })
    assert.equal((await enter('a', 'b', 'c', 'd', 'e', 'f')).status, 200)
    assert.equal((await enter('g', 'h', 'i', 'j')).status, 200)
    assert.equal((await enter('k')).status, 429)
  })

  test('an address of somebody else is refused without a word of whose it is', async ({ assert }) => {
    await anAccount()
    await anAccount('boris@example.com')
    const refused = await ask('user/edit', { identifiers: [mail('boris@example.com')] }, { token: await tokenOf() })
    assert.equal(refused.status, 409)
    assert.equal(refused.body.code, 'contactTaken')
  })
})

test.group('Registration', (group) => {
  rolledBack(group)
  callingSources(group)
  group.each.setup(async () => {
    await execute(sql`insert into consent_documents (kind, version, text_ru, text_hash) values ('personal_data', '1', 'Согласен', ''), ('communication', '1', 'Пишите', '')`)
  })

  const agreed = { kind: 'personal_data', document: '1', value: true }
  const phone = { type: 'phone', value: '8 916 000-00-01' }
  const anna = { identifiers: [phone, mail()], consents: [agreed], givenName: 'Анна', password: PASSWORD }
  const count = async () => (await row<{ count: number }>(sql`select count(*) from users`))!.count

  test('a customer registers, is signed in, and is asked to confirm both contacts', async ({ assert }) => {
    const { status, body } = await ask('user/register', { ...anna, locale: 'en', gender: 'female' })
    assert.equal(status, 200)
    assert.deepEqual(body.toConfirm, ['phone', 'email'])
    const withCard = await ask('user/register', { ...anna, identifiers: [mail('card@example.com'), { type: 'card', value: '7700 1234 5678' }] })
    assert.deepEqual(withCard.body.toConfirm, ['email'], 'nothing confirms a card')
    const me = await ask('user/info', {}, { token: body.token })
    assert.deepInclude(me.body, { givenName: 'Анна', gender: 'female', personalDataAgree: true, communicationAgree: false, hasPassword: true })
    assert.equal((await signIn(PASSWORD, mail(), { type: 'phone', value: '+79160000001' })).body.userId, body.userId)
    const kept = await row(sql`select s.code from users u join sources s on s.id = u.registration_source_id where u.id = ${body.userId}`)
    assert.deepEqual(kept, { code: 'site' })
    const log = await rows(sql`select kind, value, document_version as version, source, method from consent_log where user_id = ${body.userId}`)
    assert.deepEqual(log, [{ kind: 'personal_data', value: true, version: '1', source: 'api', method: 'user/register' }])
    const told = await rows<{ signal: string }>(sql`select signal from user_events where user_id = ${body.userId}`)
    assert.includeMembers(told.map(({ signal }) => signal), ['user.register', 'ticket.generated'])
  })

  test('F32 a server that has checked a new contact says so, a front end may not', async ({ assert }) => {
    const { userId, token } = (await ask('user/register', anna)).body
    const contact = { type: 'phone', value: '+7 916 000-00-02', confirmed: true }
    const refused = await ask('user/edit', { identifiers: [contact] }, { token })
    assert.deepEqual([refused.status, Object.keys(refused.body.errors)], [422, ['identifiers']])
    assert.deepEqual((await askAsServer('user/edit', { identifiers: [contact] }, userId)).body.toConfirm, [])
    const kept = await rows(sql`select value, confirmed from user_identifiers where user_id = ${userId} and type = 'phone' and active`)
    assert.deepEqual(kept, [{ value: '+79160000002', confirmed: true }])
  })

  test('an address that came twice is one that is to be confirmed, and nobody is born tomorrow', async ({ assert }) => {
    const twice = await ask('user/register', { ...anna, identifiers: [mail(), mail('ANNA@example.com')] })
    assert.deepEqual(twice.body.toConfirm, ['email'])
    const tomorrow = new Date(Date.now() + 48 * 60 * 60 * 1000).toISOString().slice(0, 10)
    for (const birthDate of [tomorrow, '0001-01-01']) {
      const { status, body } = await ask('user/edit', { birthDate }, { token: twice.body.token })
      assert.deepEqual([status, Object.keys(body.errors ?? {})], [422, ['birthDate']], birthDate)
    }
    assert.equal((await ask('user/edit', { birthDate: '1990-05-17' }, { token: twice.body.token })).status, 200)
  })

  test('who proves an address first owns the account alone, by a new password', async ({ assert }) => {
    const { userId, token } = (await ask('user/register', anna)).body
    const provider = await row<{ id: number }>(sql`insert into social_providers (name, code, issuer, client_id, scopes) values ('x', 'x', 'https://x.example', 'x', 'openid') returning id`)
    await execute(sql`insert into user_social_accounts (user_id, provider_id, subject) values (${userId}, ${provider!.id}, 'stranger')`)
    await execute(sql`update user_tickets set voided_at = now() where user_id = ${userId}`)
    await execute(sql`
      insert into user_tickets (user_id, identifier_id, generator_id, purpose, expires_at, link_hash)
      select user_id, id, (select min(id) from ticket_generators where identifier_type = 'email'), 'restore', now() + interval '1 hour', sha256('link')
      from user_identifiers where user_id = ${userId} and type = 'email'`)
    const answer = await ask('user/restorePassword', { link: 'link', password: 'a fresh long password' })
    assert.equal(answer.status, 200)
    assert.equal((await ask('user/info', {}, { token })).status, 401)
    assert.equal((await signIn()).status, 401)
    assert.isEmpty(await rows(sql`select from user_social_accounts where user_id = ${userId}`))
    assert.deepEqual(await rows(sql`select type from user_identifiers where user_id = ${userId} and active`), [{ type: 'email' }])
    assert.deepEqual(await rows(sql`select type from identifier_owners where user_id = ${userId}`), [{ type: 'email' }])
  })

  test('F34 nothing is kept of who does not agree to the processing of personal data', async ({ assert }) => {
    const before = await count()
    for (const consents of [[{ ...agreed, value: false }], [{ kind: 'communication', document: '1', value: true }]]) {
      assert.equal((await ask('user/register', { ...anna, consents })).body.code, 'consentNeeded')
    }
    assert.equal((await ask('user/register', { ...anna, consents: [] })).status, 422)
    assert.equal((await ask('user/register', { ...anna, consents: [{ ...agreed, document: 'unknown' }] })).body.code, 'unknownConsentDocument')
    assert.equal(await count(), before)
  })

  test('F36 one element for two consents is refused', async ({ assert }) => {
    const refused = await ask('user/register', { ...anna, consents: [agreed, { ...agreed, kind: ['personal_data', 'communication'] }] })
    assert.equal(refused.status, 422)
  })

  test('F28 both contacts or one of them taken: it stops with the offer to sign in, alike for each', async ({ assert }) => {
    await ask('user/register', anna)
    const before = await count()
    const answers = [
      await ask('user/register', anna),
      await ask('user/register', { ...anna, identifiers: [phone, mail('other@example.com')] }),
      await ask('user/register', { ...anna, identifiers: [{ type: 'phone', value: '+79160000009' }, mail('ANNA@example.com')] }),
    ]
    for (const { status, body } of answers) assert.deepInclude({ status, code: body.code }, { status: 409, code: 'contactTaken' })
    assert.equal(await count(), before)
  })

  test('F29 a contact in the stop list, or of a fraudster, registers nobody, and guesses at them are counted', async ({ assert }) => {
    const before = await count()
    await a('stop_list_entry', { type: 'phone', value: '8 916 000-00-01' })
    for (const identifiers of [anna.identifiers, [phone, mail('other@example.com')]]) {
      const { status, body } = await ask('user/register', { ...anna, identifiers })
      assert.deepInclude({ status, code: body.code }, { status: 403, code: 'contactRefused' })
    }
    await execute(sql`delete from stop_list`)
    await ask('user/register', anna)
    await execute(sql`update users set status_id = ${await idOf('user_status', 'fraud')} where id = (select max(id) from users)`)
    const { status, body } = await ask('user/register', { ...anna, identifiers: [phone, mail('third@example.com')] })
    assert.deepInclude({ status, code: body.code }, { status: 409, code: 'contactTaken' })
    assert.equal(await count(), before + 1)
    const counted = await row<{ points: number }>(sql`select sum(points)::int as points from rate_limits where key like 'register:taken:%'`)
    assert.equal(counted!.points, 3)
  })

  test('F28 an address that a stranger only waits with keeps its owner out of nothing', async ({ assert }) => {
    const stranger = await ask('user/register', { ...anna, identifiers: [mail('stranger@example.com')] })
    await execute(sql`update user_identifiers set confirmed = true where user_id = ${stranger.body.userId}`)
    await ask('user/edit', { identifiers: [mail()] }, { token: stranger.body.token })
    const { status, body } = await ask('user/register', { ...anna, identifiers: [mail()] })
    assert.equal(status, 200)
    assert.equal((await signIn()).body.userId, body.userId)
  })

  test('L-02 a registration that is sent again under its key is answered again, though its contacts are taken by now', async ({ assert }) => {
    const call = () => ask('user/register', anna, { headers: { 'idempotency-key': 'one-registration' } })
    const [first, second] = [await call(), await call()]
    assert.equal(second.status, 200)
    assert.deepEqual(second.body, first.body)
  })

  test('S-01 who asks for many contacts learns few of them', async ({ assert }) => {
    await ask('user/register', anna)
    const statuses = []
    for (let n = 0; n < limits.takenPerAddress + 2; n++) statuses.push((await ask('user/register', { ...anna, identifiers: [mail()] })).status)
    assert.deepEqual(statuses, [...Array(limits.takenPerAddress).fill(409), 429, 429])
  })

  test('a campaign asks for what it needs, and takes nobody when it is over', async ({ assert }) => {
    await aCampaign('spring', { passwordLength: 12, needsPhone: true, needsEmail: true }, ['site'])
    assert.property((await ask('user/register', { ...anna, identifiers: [mail()] })).body.errors, 'identifiers')
    assert.property((await ask('user/register', { ...anna, password: 'elevenchars' })).body.errors, 'password')
    await execute(sql`update campaigns set ends_at = now() - interval '1 day' where code = 'spring'`)
    assert.equal((await ask('user/register', anna)).body.code, 'campaignClosed')
  })

  test('F28 a campaign asks for a full name, says so before anybody registers, and refuses at each field that is missing', async ({ assert }) => {
    await aCampaign('spring', { needsPhone: true, needsEmail: true, needsName: true, mainContact: 'email' }, ['site'])
    const { registration } = (await ask('source/info')).body
    assert.deepEqual(registration, { open: true, needs: ['phone', 'email', 'surname', 'givenName'], mainContact: 'email', passwordLength: 8 })
    const { givenName: _left, ...nameless } = { ...anna, surname: ' ', identifiers: [mail()] }
    assert.sameMembers(Object.keys((await ask('user/register', nameless)).body.errors), ['identifiers', 'surname', 'givenName'])
    assert.equal((await ask('user/register', { ...anna, surname: 'Иванова' })).status, 200)
  })

  test('F28 who registers with a taken main contact signs in by it and enters the additional one afterwards', async ({ assert }) => {
    const { body: before } = await askAsServer('user/register', { ...anna, identifiers: [{ ...mail(), confirmed: true }] })
    assert.equal((await ask('user/register', anna)).body.code, 'contactTaken')
    const token = (await signIn()).body.token
    assert.deepEqual((await ask('user/edit', { identifiers: [phone] }, { token })).body.toConfirm, ['phone'])
    assert.deepInclude((await ask('user/info', {}, { token })).body, { userId: before.userId })
  })

  test('F27 the main contact is the one that the campaign chose of the two it asks for, and the other one where there is no such', async ({ assert }) => {
    await anAccount()
    const token = await tokenOf()
    const mainOne = async () => {
      const { identifiers } = (await ask('user/info', {}, { token })).body
      return identifiers.filter(({ main }: { main: boolean }) => main).map(({ type }: { type: string }) => type)
    }
    assert.deepEqual(await mainOne(), ['email'])
    assert.equal((await ask('user/edit', { identifiers: [phone] }, { token })).status, 200)
    assert.deepEqual(await mainOne(), ['phone'])
    await aCampaign('spring', { needsPhone: true, needsEmail: true, mainContact: 'email' }, ['site'])
    assert.deepEqual(await mainOne(), ['email'])
    await execute(sql`update campaigns set needs_email = false, main_contact = 'phone' where code = 'spring'`)
    assert.deepEqual(await mainOne(), ['phone'])
  })

  test('F33 a front end learns beforehand what customers may not change themselves', async ({ assert }) => {
    await anAccount()
    const token = await tokenOf()
    assert.deepEqual((await ask('source/info')).body.profile, { locked: [], attributes: [], approvesContacts: false })
    await aCampaign('spring', { editsBirthDate: false, editsName: false, openFields: 'loyaltyLevel, city' }, ['site'])
    const { profile } = (await ask('source/info')).body
    assert.deepEqual(profile, { locked: ['surname', 'givenName', 'middleName', 'birthDate'], attributes: ['loyaltyLevel', 'city'], approvesContacts: false })
    const each: Record<string, string> = { surname: 'Петрова', givenName: 'Анна', middleName: 'Львовна', birthDate: '1990-05-17' }
    for (const name of profile.locked) assert.equal((await ask('user/edit', { [name]: each[name] }, { token })).body.code, 'fieldLocked', name)
  })

  test('F29 contacts of a fraudster are refused anew', async ({ assert }) => {
    const { body } = await ask('user/register', anna)
    await transaction((trx) => markAsFraud(body.userId, null, nobody, trx))
    assert.equal((await ask('user/register', anna)).status, 409)
    assert.equal((await signIn()).body.code, 'userIsFraud')
  })

  test('front ends neither confirm nor label; servers do both', async ({ assert }) => {
    const warranted = { ...anna, identifiers: [{ ...phone, confirmed: true }], labels: ['vip'] }
    assert.equal((await ask('user/register', warranted)).status, 422)
    const { status, body } = await askAsServer('user/register', warranted)
    assert.equal(status, 200)
    assert.deepEqual(body.toConfirm, [])
    assert.lengthOf(await rows(sql`select from user_labels where user_id = ${body.userId}`), 1)
  })

  test('A-10 a further field is filled by customers only where the campaign opens it', async ({ assert }) => {
    const refused = await ask('user/register', { ...anna, attributes: { loyaltyLevel: 'gold' } })
    assert.deepEqual(Object.keys(refused.body.errors), ['attributes.loyaltyLevel'])
  })
})
