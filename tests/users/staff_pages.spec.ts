import { test } from '@japa/runner'
import hash from '@adonisjs/core/services/hash'
import { execute, row, rows, sql } from '#core/database'
import { store } from '#core/files'
import { eraseUser } from '#tests/support/erased'
import { CLIENT, openidProvider } from '#tests/support/openid_provider'
import { a, anEmail, aUser, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { ask } from '#tests/support/shop'
import { callingSources } from '#tests/support/sources'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

async function signedIn(role: string) {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role })).email)
  return visitor
}

/** A customer who is signed in three times. */
async function signedInCustomer() {
  const userId = await aUser({ surname: 'Ivanova' })
  await anEmail(userId, 'anna@example.com')
  await execute(sql`insert into user_passwords (user_id, hash) values (${userId}, ${await hash.make(PASSWORD)})`)
  const signIn = async () => (await ask('user/login', { identifiers: [{ type: 'email', value: 'anna@example.com' }], password: PASSWORD })).body.token as string
  return { userId, tokens: [await signIn(), await signIn(), await signIn()] }
}

/** The words that the next page says of what was done. */
async function toastAfter(visitor: Visitor, path: string) {
  await visitor.get('/profile')
  const answer = await visitor.post(path)
  return (await visitor.get(answer.headers.get('location')!)).words
}

test.group('Sessions of a customer, for staff', (group) => {
  rolledBack(group)
  callingSources(group)

  const served = async (tokens: string[]) => Promise.all(tokens.map(async (token) => (await ask('user/info', {}, { token })).status))

  test('F118 one is revoked from its row, the others go on; all of them from the card', async ({ assert }) => {
    const { userId, tokens } = await signedInCustomer()
    assert.deepEqual(await served(tokens), [200, 200, 200])
    const boss = await signedIn('administrator')
    const tab = (await boss.get(`/users/${userId}/head/sessions`)).words
    const shown = (await rows<{ id: number }>(sql`select id from user_sessions where user_id = ${userId} order by id`)).map(({ id }) => id)
    for (const id of shown) assert.include(tab, `/user-sessions/${id}/end`)

    assert.include(await toastAfter(boss, `/user-sessions/${shown[1]}/end`), 'The session is ended')
    assert.deepEqual(await served(tokens), [200, 401, 200])
    await boss.post(`/users/${userId}/sessions/end`)
    assert.deepEqual(await served(tokens), [401, 401, 401])
    const told = await rows<{ action: string }>(sql`select action from audit_log where object = 'user' and record_id = ${userId} and action like 'endSession%' order by id`)
    assert.deepEqual(told.map(({ action }) => action), ['endSession', 'endSessions'])
    assert.include((await boss.get(`/users/${userId}/head/sessions`)).words, 'signed in nowhere')
  })

  test('whoever only looks ends none', async ({ assert }) => {
    const { userId, tokens } = await signedInCustomer()
    const viewer = await signedIn('viewer')
    await viewer.get('/profile')
    assert.equal((await viewer.post(`/users/${userId}/sessions/end`)).status, 403)
    const [{ id }] = await rows<{ id: number }>(sql`select id from user_sessions where user_id = ${userId} limit 1`)
    assert.equal((await viewer.post(`/user-sessions/${id}/end`)).status, 403)
    assert.deepEqual(await served(tokens), [200, 200, 200])
  })
})

test.group('Generators of codes, for staff', (group) => {
  rolledBack(group)
  const form = { name: 'Club codes', identifierType: 'email', kind: 'code', length: '8', charset: 'letters', lifeMinutes: '30', tries: '3' }

  test('F32 one is made for a campaign and changed; a second for the same is refused in words', async ({ assert }) => {
    const campaign = String(await a('campaign', { name: 'May', code: 'may' }))
    const boss = await signedIn('administrator')
    await boss.get('/ticket-generators/create')
    const made = await boss.post('/ticket-generators', { ...form, campaign })
    assert.equal(made.status, 303)
    const card = made.headers.get('location')!
    assert.include((await boss.get(card)).words, 'Club codes')
    const again = await boss.post('/ticket-generators', { ...form, campaign })
    assert.equal(again.status, 422)
    assert.include(again.words, 'There is a generator for this type here already')

    await boss.get(`${card}/edit`)
    await boss.post(card, { ...form, 'length': '10', 'seen-length': '8' })
    assert.deepEqual(await row(sql`select length, tries from ticket_generators where name = 'Club codes'`), { length: 10, tries: 3 })
  })

  for (const [field, value, words] of [['length', '3', '4 to 12'], ['lifeMinutes', '1441', '1 to 1440'], ['tries', '6', '1 to 5'], ['linkUrl', 'https://shop.example/x', 'a place for the link']]) {
    test(`a limit is told at its field: ${field} ${value}`, async ({ assert }) => {
      const boss = await signedIn('administrator')
      await boss.get('/ticket-generators/create')
      const refused = await boss.post('/ticket-generators', { ...form, identifierType: 'card', [field]: value })
      assert.equal(refused.status, 422)
      const error = new RegExp(`id="ticket_generator-${field}-error"[\\s\\S]*?<span>([\\s\\S]*?)</span>`).exec(refused.words)?.[1]
      assert.include(error ?? 'no error at the field', words)
    })
  }

  test('one that made codes shows them and stays', async ({ assert }) => {
    const user = await aUser({ surname: 'Ivanova' })
    const identifier = await anEmail(user)
    const generator = (await row<{ id: number }>(sql`select id from ticket_generators where identifier_type = 'email' and campaign_id is null`))!.id
    await execute(
      sql`insert into user_tickets (user_id, identifier_id, generator_id, purpose, expires_at) values (${user}, ${identifier}, ${generator}, 'confirm', now() + interval '1 hour')`
    )
    const boss = await signedIn('administrator')
    assert.include((await boss.get(`/ticket-generators/${generator}/tab/tickets`)).words, 'Ivanova')
    await boss.get(`/ticket-generators/${generator}/deletion`)
    const refused = await boss.post(`/ticket-generators/${generator}/deletion`)
    assert.include(refused.words, 'Codes were sent by this generator')
  })
})

test.group('Providers of sign-in, for staff', (group) => {
  rolledBack(group)
  const provider = openidProvider(group)
  const aProvider = (values: object = {}) =>
    a('social_provider', { name: 'Other', code: 'other', issuer: provider.issuer(), clientId: CLIENT.id, clientSecret: CLIENT.secret, scopes: 'openid', active: false, ...values })

  test('S-07 the secret is written and never shown; an empty one keeps what is there', async ({ assert }) => {
    const boss = await signedIn('administrator')
    await boss.get('/social-providers/create')
    const form = { name: 'Other', code: 'other', issuer: provider.issuer(), clientId: CLIENT.id, clientSecret: CLIENT.secret, scopes: 'openid email', active: '1' }
    const card = (await boss.post('/social-providers', form)).headers.get('location')!
    const kept = () => row<{ client_secret: string }>(sql`select client_secret from social_providers where code = 'other'`)
    const before = await kept()
    assert.notInclude(before!.client_secret, CLIENT.secret)
    for (const path of [card, `${card}/edit`, '/social-providers', `${card}/history`]) assert.notInclude((await boss.get(path)).words, CLIENT.secret, path)
    assert.match((await boss.get(card)).words, /Client secret[^•]{0,400}••••••/)
    await boss.post(card, { ...form, 'clientSecret': '', 'name': 'Renamed', 'seen-name': 'Other' })
    assert.deepEqual(await kept(), before)
  })

  test('F30 the test says that it answers, before customers see it', async ({ assert }) => {
    const boss = await signedIn('administrator')
    const id = await aProvider()
    assert.include((await boss.get(`/social-providers/${id}`)).words, `/social-providers/${id}/tries`)
    assert.include(await toastAfter(boss, `/social-providers/${id}/tries`), 'The provider answers')
    assert.include(provider.asked(), '/.well-known/openid-configuration')
  })

  for (const [what, issuer, words] of [
    ['nobody listens', () => 'http://127.0.0.9:9', 'cannot be reached'],
    ['it is inside the network', () => 'https://10.0.0.1', 'inside a network'],
    ['there is no description', () => `${provider.issuer()}/nowhere`, 'no description of OpenID Connect'],
    ['it calls itself otherwise', () => (provider.callItself('https://another.example'), provider.issuer()), 'calls itself differently'],
  ] as const) {
    test(`the test says what is wrong: ${what}`, async ({ assert }) => {
      const boss = await signedIn('administrator')
      const id = await aProvider({ issuer: issuer() })
      assert.include(await toastAfter(boss, `/social-providers/${id}/tries`), words)
    })
  }

  test('one by which customers sign in is not deleted', async ({ assert }) => {
    const id = await aProvider()
    await execute(sql`insert into user_social_accounts (user_id, provider_id, subject) values (${await aUser()}, ${id}, 'anna-there')`)
    const boss = await signedIn('administrator')
    await boss.get(`/social-providers/${id}/deletion`)
    assert.include((await boss.post(`/social-providers/${id}/deletion`)).words, 'switch it off instead')
  })
})

test.group('Documents and events of customers, for staff', (group) => {
  rolledBack(group)
  callingSources(group)

  test('F82 a document is seen with its type, group and status, downloaded, and accepted', async ({ assert }) => {
    const user = await aUser({ surname: 'Ivanova' })
    const file = await store([Buffer.from('%PDF-1.4')] as unknown as AsyncIterable<Buffer>, { name: 'form.pdf', contentType: 'application/pdf' })
    const document = (await row<{ id: number }>(
      sql`insert into user_documents (user_id, file_id, source_id, name, type, set) values (${user}, ${file}, ${await idOf('source', 'site')}, 'form.pdf', 'form', 'May') returning id`
    ))!.id
    const boss = await signedIn('administrator')
    const tab = (await boss.get(`/users/${user}/tab/documents`)).words
    for (const words of ['form.pdf', 'May', 'New', 'Website']) assert.include(tab, words)
    assert.include((await boss.get(`/documents/${document}`)).words, `/documents/${document}/file`)
    const sent = await boss.get(`/documents/${document}/file`)
    assert.deepEqual([sent.words, sent.headers.get('x-content-type-options')], ['%PDF-1.4', 'nosniff'])
    await boss.post(`/documents/${document}`, { 'status': 'accepted', 'seen-status': 'new', 'type': 'form', 'set': 'May', 'comment': '' })
    assert.deepEqual(await row(sql`select status from user_documents where id = ${document}`), { status: 'accepted' })

    const viewer = await signedIn('viewer')
    await viewer.get('/profile')
    assert.equal((await viewer.get(`/documents/${document}/file`)).status, 403)
  })

  test('F90 a limit that staff set on a type of events holds front ends back', async ({ assert }) => {
    const boss = await signedIn('administrator')
    await boss.get('/event-types/create')
    const form = { code: 'quiz.passed', nameEn: 'Quiz passed', nameRu: '', limitCount: '0', limitDays: '7', active: '1' }
    assert.equal((await boss.post('/event-types', form)).status, 422)
    await boss.post('/event-types', { ...form, limitCount: '1' })
    const [token] = (await signedInCustomer()).tokens
    const add = () => ask('event/add', { type: 'quiz.passed' }, { token })
    assert.deepInclude((await add()).body, { added: true, left: 0 })
    assert.deepEqual((await ask('event/limits', {}, { token })).body.limits.find(({ type }: { type: string }) => type === 'quiz.passed')?.left, 0)
    assert.deepInclude((await add()).body, { added: false, left: 0 })
  })
})

test.group('The card of a customer, for staff', (group) => {
  rolledBack(group)

  test('beside the title stands what is done most; the rest opens from a menu, deletion too', async ({ assert }) => {
    const id = await aUser({ surname: 'Ivanova' })
    const page = (await (await signedIn('administrator')).get(`/users/${id}`)).words
    const [head, menu] = page.split('<h1')[1].split('</header>')[0].split('<details class="pop"')
    assert.include(head, `/users/${id}/edit`)
    for (const action of ['pairs/create', 'blocks/create', 'fraud-marks/create', 'deletion']) {
      assert.include(menu, `/users/${id}/${action}`)
      assert.notInclude(head, `/users/${id}/${action}`)
    }
  })

  test('M-08 of who was erased it says so, and offers nothing to write', async ({ assert }) => {
    const id = await aUser({ surname: 'Ivanova' })
    const visitor = await signedIn('administrator')
    const [offers, says] = [new RegExp(`/users/${id}/(edit|deletion|fields/)`), /The personal data was erased/]
    const before = (await visitor.get(`/users/${id}`)).words
    assert.match(before, offers)
    assert.notMatch(before, says)
    await eraseUser(id, 'asked', nobody)
    const after = (await visitor.get(`/users/${id}`)).words
    assert.match(after, says)
    assert.notMatch(after, offers)
  })

  test('who may not see names reads what the number is of', async ({ assert }) => {
    const id = await aUser({ surname: 'Ivanova' })
    const page = (await (await signedIn('viewer')).get(`/users/${id}`)).words
    assert.match(page, new RegExp(`<h1[^>]*>Customer № ${id}</h1>`))
    assert.include(page, `<title>Customer № ${id}`)
  })
})
