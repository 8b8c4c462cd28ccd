import { test } from '@japa/runner'
import { block, merge, recordConsent, unblock } from '#app/users'
import { execute, row, rows, sql, transaction } from '#core/database'
import { readMerged, objects } from '#core/objects'
import { capturedMail } from '#tests/support/captured_mail'
import { eraseUser } from '#tests/support/erased'
import { a, anEmail, aUser, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aCampaign, ask, askAsServer, workOff } from '#tests/support/shop'
import { callingSources } from '#tests/support/sources'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'
import hash from '@adonisjs/core/services/hash'

const PASSWORD = 'correct horse battery'
const mail = (value: string) => ({ type: 'email', value })

/** A customer of a campaign whose new contacts staff decide on, signed in. */
async function aMember(email = 'anna@example.com') {
  const id = await aUser({ givenName: 'Anna', locale: 'en' })
  await anEmail(id, email)
  await execute(sql`insert into user_passwords (user_id, hash) values (${id}, ${await hash.make(PASSWORD)})`)
  const { body } = await ask('user/login', { identifiers: [mail(email)], password: PASSWORD })
  const { token } = body
  return {
    id,
    enter: (value: string, comment?: string) => ask('user/edit', { identifiers: [mail(value)], comment }, { token }),
    waits: async () => (await ask('user/info', {}, { token })).body.toApprove,
  }
}

const requests = (user: number) =>
  rows<{ id: number; value: string; former: string; state: string }>(
    sql`select id, value, former, state from identifier_requests where user_id = ${user} order by id`
  )
const addresses = async (user: number) =>
  Object.fromEntries((await rows<{ value: string; active: boolean }>(sql`select value, active from user_identifiers where user_id = ${user}`)).map(({ value, active }) => [value, active]))

async function signedIn(role: string) {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role })).email)
  await visitor.get('/identifier-requests')
  return visitor
}

test.group('F33 Contacts that staff approve', (group) => {
  rolledBack(group)
  callingSources(group)
  const inbox = capturedMail(group)
  group.each.setup(() => aCampaign('club', { approvesContacts: true }, ['site']))
  group.teardown(() => readMerged(objects.get('user')))

  const letters = async () => {
    await workOff('users.tellOfRequest', 'users.ticket')
    return (await inbox.received()).map(({ to, subject }) => `${to}: ${subject.split(':')[0]}`)
  }

  test('a new one waits, the former works, and the customer is told at the address they have', async ({ assert }) => {
    const { id, enter } = await aMember()
    const { status, body } = await enter('New@example.com', 'I changed my provider')
    assert.deepEqual([status, body], [200, { changed: true, toConfirm: [], toApprove: ['email'] }])
    assert.deepEqual(await addresses(id), { 'anna@example.com': true })
    assert.containsSubset(await requests(id), [{ value: 'new@example.com', former: 'anna@example.com', state: 'open' }])
    assert.lengthOf(await rows(sql`select from user_events where user_id = ${id} and signal = 'identifier.requested'`), 1)
    assert.deepEqual(await letters(), ['anna@example.com: A new contact was asked for'])
  })

  test('a front end sees what waits, also of who the customer was before a merge, until it is decided', async ({ assert }) => {
    const { id, enter, waits } = await aMember()
    assert.deepEqual(await waits(), [])
    await enter('New@example.com')
    const other = await aUser()
    await a('identifier_request', { user: other, type: 'phone', value: '+79160000001' })
    assert.deepEqual(await waits(), [mail('new@example.com')])
    await merge({ from: other, into: id }, nobody)
    assert.deepEqual(await waits(), [mail('new@example.com'), { type: 'phone', value: '+79160000001' }])
    await execute(sql`update identifier_requests set state = 'withdrawn'`)
    assert.deepEqual(await waits(), [])
  })

  test('once approved it is confirmed like any other, and replaces the former', async ({ assert }) => {
    const { id, enter } = await aMember()
    await enter('new@example.com')
    const [{ id: request }] = await requests(id)
    const marketer = await signedIn('marketer')
    const home = await marketer.get(`/identifier-requests/${request}`)
    assert.include(home.words, 'Approve')
    assert.equal((await marketer.post(`/identifier-requests/${request}/approvals`)).status, 303)
    assert.deepEqual(await addresses(id), { 'anna@example.com': true, 'new@example.com': false })
    assert.containsSubset(await requests(id), [{ state: 'approved' }])
    assert.includeMembers(await letters(), ['new@example.com: Confirm your address', 'anna@example.com: Your new contact is approved'])

    const code = /Code: (\w+)/.exec((await inbox.received()).find(({ to }) => to === 'new@example.com')!.text)![1]
    await ask('ticket/confirm', { identifier: mail('new@example.com'), code })
    assert.deepEqual(await addresses(id), { 'anna@example.com': false, 'new@example.com': true })
    assert.equal((await marketer.post(`/identifier-requests/${request}/approvals`, {}, { accept: 'application/json' })).status, 409)
  })

  test('a refusal needs its reason, and the customer reads it', async ({ assert }) => {
    const { id, enter } = await aMember()
    await enter('new@example.com')
    const [{ id: request }] = await requests(id)
    const marketer = await signedIn('marketer')
    await marketer.get(`/identifier-requests/${request}/declines/create`)
    assert.equal((await marketer.post(`/identifier-requests/${request}/declines`, { answer: ' ' })).status, 422)
    assert.equal((await marketer.post(`/identifier-requests/${request}/declines`, { answer: 'The photo cannot be read' })).status, 303)
    assert.containsSubset(await requests(id), [{ state: 'declined' }])
    assert.deepEqual(await addresses(id), { 'anna@example.com': true })
    await letters()
    assert.include((await inbox.received()).at(-1)!.text, 'The photo cannot be read')
  })

  test('who may not decide cannot', async ({ assert }) => {
    const { id, enter } = await aMember()
    await enter('new@example.com')
    const [{ id: request }] = await requests(id)
    const viewer = await signedIn('viewer')
    assert.notInclude((await viewer.get(`/identifier-requests/${request}`)).words, 'Approve')
    assert.equal((await viewer.post(`/identifier-requests/${request}/approvals`)).status, 403)
    assert.containsSubset(await requests(id), [{ state: 'open' }])
  })

  test('another one takes the place of the one before; the same again, and the one they have, ask nothing', async ({ assert }) => {
    const { id, enter } = await aMember()
    await enter('first@example.com')
    await enter('second@example.com')
    await enter('second@example.com')
    assert.deepEqual((await enter('anna@example.com')).body.toApprove, [])
    assert.deepEqual((await requests(id)).map(({ value, state }) => `${value} ${state}`), ['first@example.com withdrawn', 'second@example.com open'])
  })

  test('an address of somebody else is refused at once, and one that became it meanwhile is not approved', async ({ assert }) => {
    const { id, enter } = await aMember()
    await anEmail(await aUser(), 'boris@example.com')
    assert.equal((await enter('boris@example.com')).body.code, 'contactTaken')
    await enter('new@example.com')
    await anEmail(await aUser(), 'new@example.com')
    const [{ id: request }] = await requests(id)
    const marketer = await signedIn('marketer')
    const refused = await marketer.post(`/identifier-requests/${request}/approvals`, {}, { accept: 'application/json' })
    assert.equal(refused.status, 409)
    assert.containsSubset(await requests(id), [{ state: 'open' }])
  })

  test('a server, and a campaign that asks nobody, change it at once', async ({ assert }) => {
    const { id, enter } = await aMember()
    assert.deepEqual((await askAsServer('user/edit', { identifiers: [mail('server@example.com')] }, id)).body.toApprove, [])
    await execute(sql`update campaigns set approves_contacts = false`)
    assert.deepEqual((await enter('new@example.com')).body, { changed: true, toConfirm: ['email'], toApprove: [] })
  })

  test('who was merged meanwhile gets it as who they are now', async ({ assert }) => {
    const { id, enter } = await aMember()
    await enter('new@example.com')
    const [{ id: request }] = await requests(id)
    const into = await aUser()
    await merge({ from: id, into }, nobody)
    await readMerged(objects.get('user'))
    const marketer = await signedIn('marketer')
    await marketer.post(`/identifier-requests/${request}/approvals`)
    assert.deepInclude(await addresses(into), { 'new@example.com': false })
  })

  test('what two customers asked for is one request when they are one, the later', async ({ assert }) => {
    const [anna, boris] = [await aMember(), await aMember('boris@example.com')]
    await anna.enter('first@example.com')
    await merge({ from: anna.id, into: boris.id }, nobody)
    await boris.enter('second@example.com')
    assert.deepEqual((await requests(anna.id)).map(({ state }) => state), ['withdrawn'])
    assert.deepEqual((await requests(boris.id)).map(({ state }) => state), ['open'])
  })

  test('F34 nothing is approved for who took the consent back or is served no more', async ({ assert }) => {
    const { id, enter } = await aMember()
    await enter('new@example.com')
    const [{ id: request }] = await requests(id)
    const marketer = await signedIn('marketer')
    const answer = async () => (await marketer.post(`/identifier-requests/${request}/approvals`, {}, { accept: 'application/json' })).status
    await transaction((trx) => block(id, { reason: 'dispute' }, nobody, trx))
    assert.equal(await answer(), 403)
    await transaction((trx) => unblock(id, nobody, trx))
    await recordConsent({ userId: id, kind: 'personal_data', value: false }, { source: 'back_office' })
    assert.equal(await answer(), 403)
    assert.deepEqual(await addresses(id), { 'anna@example.com': true })
    assert.containsSubset(await requests(id), [{ state: 'open' }])
  })

  test('one that was approved and never proved is no way in for who entered it, once the owner proves another', async ({ assert }) => {
    const { id, enter } = await aMember()
    await execute(sql`update user_identifiers set confirmed = false, confirmed_at = null where user_id = ${id}`)
    await enter('stranger@example.com')
    const [{ id: request }] = await requests(id)
    const marketer = await signedIn('marketer')
    assert.equal((await marketer.post(`/identifier-requests/${request}/approvals`)).status, 303)
    const phone = await a('identifier', { user: id, type: 'phone', value: '+79160000001' })
    await execute(sql`
      insert into user_tickets (user_id, identifier_id, generator_id, purpose, expires_at, link_hash)
      select ${id}, ${phone}, min(id), 'restore', now() + interval '1 hour', sha256('link') from ticket_generators`)
    assert.equal((await ask('user/restorePassword', { link: 'link', password: 'a fresh long password' })).status, 200)
    assert.isEmpty(await rows(sql`select from identifier_owners where value = 'stranger@example.com'`))
  })

  test('M-08 an erasure withdraws what waits and leaves no address in it', async ({ assert }) => {
    const { id, enter } = await aMember()
    await enter('canary@example.com', 'canary')
    await eraseUser(id, 'letter', nobody)
    const left = await row<{ all: string; state: string }>(sql`select r::text as all, state from identifier_requests r where user_id = ${id}`)
    assert.equal(left!.state, 'withdrawn')
    assert.notInclude(left!.all, 'canary')
    assert.isEmpty(await rows(sql`select from audit_log where changes::text like '%canary%'`))
  })

  test('Home warns of those who wait', async ({ assert }) => {
    const { enter } = await aMember()
    await enter('new@example.com')
    const marketer = await signedIn('marketer')
    assert.include((await marketer.get('/home/widgets/attention', { 'hx-request': 'true' })).words, '1 customer waits for a new contact')
  })
})
