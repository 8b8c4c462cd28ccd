import { test } from '@japa/runner'
import hash from '@adonisjs/core/services/hash'
import { claimIdentifier, CannotMerge, merge } from '#app/users'
import { execute, row, rows, sql, transaction, type Transaction } from '#core/database'
import { runNow, type Job } from '#core/jobs'
import { edit, InvalidFields, objects, readMerged } from '#core/objects'
import { setPassword } from '../../app/users/accounts/password.js'
import { carryOutErasure } from '../../app/users/erasure/erase_user.js'
import { privacyJob } from '../../app/users/erasure/privacy_job.js'
import { lockPerson } from '../../app/users/merge/lock_person.js'
import { hashOfCode } from '../../app/users/tickets/codes.js'
import { emptied } from '#tests/support/emptied'
import { aUser, anEmail, nobody } from '#tests/support/people'
import { aCampaign, ask, askAsServer, type Answer } from '#tests/support/shop'
import { aMemberOfStaff } from '#tests/support/staff'
import { callingSources } from '#tests/support/sources'
import { whileHeld } from '#tests/support/while_held'
import { columns, imported } from '../core/imports/imported.js'

const PASSWORD = 'correct horse battery'
const ANOTHER = 'another long password'

const mailOf = (user: number) => `account${user}@example.com`
const login = (user: number, password = PASSWORD) => ask('user/login', { identifiers: [{ type: 'email', value: mailOf(user) }], password })

/** A customer who may sign in, with a token. */
async function anAccount(values = {}) {
  const user = await aUser(values)
  await anEmail(user, mailOf(user))
  await transaction(async (trx) => setPassword(user, await hash.make(PASSWORD), trx))
  return { user, token: (await login(user)).body.token as string }
}

/** As the last call of a restored password does it. */
async function restoring(user: number) {
  const made = await hash.make(ANOTHER)
  return async (trx: Transaction) => setPassword(await lockPerson(user, trx), made, trx)
}

test.group('S-04 Signing in at the same moment as what ends it', (group) => {
  emptied(group)
  callingSources(group)
  group.teardown(() => readMerged(objects.get('user')))

  test('a password that was right a moment before it was restored lets nobody in', async ({ assert }) => {
    const { user } = await anAccount()
    assert.equal((await whileHeld(await restoring(user), () => login(user))).body.code, 'wrongCredentials')
    assert.lengthOf(await rows(sql`select from user_sessions where user_id = ${user}`), 0)
    assert.equal((await login(user, ANOTHER)).status, 200)
  })

  test('it does not replace the restored one either', async ({ assert }) => {
    const { user, token } = await anAccount()
    const changing = () => ask('user/changePassword', { current: PASSWORD, password: 'what the thief chose' }, { token })
    assert.equal((await whileHeld(await restoring(user), changing)).body.code, 'wrongPassword')
    assert.equal((await login(user, ANOTHER)).status, 200)
  })

  test('F27 the password of somebody who is merged meanwhile opens the account of both no more', async ({ assert }) => {
    const [{ user: from }, { user: into }] = [await anAccount(), await anAccount()]
    assert.equal((await whileHeld((trx) => merge({ from, into }, nobody, trx), () => login(from))).body.code, 'wrongCredentials')
    assert.lengthOf(await rows(sql`select from user_sessions where user_id = ${from}`), 0)
  })
})

interface Caller {
  user: number
  token: string
}

async function upload({ token }: Caller): Promise<Answer> {
  const form = new FormData()
  form.append('file', new Blob(['%PDF-1 of somebody']), 'passport.pdf')
  const address = `http://${process.env.HOST}:${process.env.PORT}/api/v1/site/document/upload`
  const { status, headers, body } = await fetch(address, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form }).then(
    async (response) => ({ status: response.status, headers: response.headers, body: await response.json() })
  )
  return { status, headers, body }
}

const agreed = ['personal_data', 'communication'].map((kind) => ({ kind, document: '1', value: true }))

/** Whatever a customer, or a server that names one, may leave here. */
const ways: Record<string, (caller: Caller) => Promise<Answer>> = {
  'user/edit': ({ token }) => ask('user/edit', { surname: 'Revived' }, { token }),
  'user/edit of a contact': ({ user, token }) => ask('user/edit', { identifiers: [{ type: 'email', value: `new${user}@example.com` }] }, { token }),
  'user/consent': ({ token }) => ask('user/consent', { consents: agreed }, { token }),
  'user/login': ({ user }) => login(user),
  'user/changePassword': ({ token }) => ask('user/changePassword', { current: PASSWORD, password: ANOTHER }, { token }),
  'user/updateUnsubscribe': ({ token }) => ask('user/updateUnsubscribe', { kept: [], regime: 'only' }, { token }),
  'event/add': ({ token }) => ask('event/add', { type: 'quiz_passed', payload: { said: 'Revived' } }, { token }),
  'label/set': ({ user }) => askAsServer('label/set', { labels: ['vip'] }, user),
  'document/upload': upload,
}

test.group('M-08 Whatever comes while a person is erased', (group) => {
  emptied(group)
  callingSources(group)
  group.setup(async () => {
    await execute(sql`insert into consent_documents (kind, version, text_ru, text_hash) values ('personal_data', '1', 'x', ''), ('communication', '1', 'x', '')`)
    await execute(sql`insert into event_types (code, name_ru, position) values ('quiz_passed', 'Quiz', 1) on conflict do nothing`)
  })

  for (const [name, way] of Object.entries(ways)) {
    test(`${name} is refused, and leaves nothing`, async ({ assert }) => {
      /** Who was never asked has no word in the log that could refuse it. */
      const caller = await anAccount({ surname: 'Gone', personalDataAgree: false, communicationAgree: false })
      const answer = await whileHeld(await erasing(caller.user), () => way(caller))
      assert.deepInclude({ status: answer.status, code: answer.body.code }, { status: 404, code: 'userGone' })
      assert.deepEqual(await leftOf(caller.user), { surname: null, agrees: false, rows: 0 })
    })
  }
})

/** What staff and files write under a number that they know. */
const writing: Record<string, (user: number) => Promise<unknown>> = {
  'a form that was open': (user) => transaction((trx) => edit(objects.get('user'), user, { surname: 'Revived' }, nobody, trx)),
  'a tick of a consent': (user) => transaction((trx) => edit(objects.get('user'), user, { personalDataAgree: true }, nobody, trx)),
  'a contact': (user) => transaction((trx) => claimIdentifier({ userId: user, type: 'phone', value: '+79165550101' }, trx)),
  'a merge': async (user) => merge({ from: await aUser({ surname: 'Revived' }), into: user }, nobody),
}
const loading: Record<string, (user: number) => Promise<{ rejected: number }>> = {
  'a file by number': (user) => imported('user', `id,surname,phone\n${user},Revived,+79165550102\n`, { fields: columns('id', 'surname', 'phone'), match: 'id' }),
  'a file by mail': (user) => imported('user', `email,surname,phone\n${mailOf(user)},Revived,+79165550103\n`, { fields: columns('email', 'surname', 'phone'), match: 'email' }),
}

test.group('M-08 Whatever is written of somebody who was erased, or is just being it', (group) => {
  emptied(group)

  async function somebody() {
    const user = await aUser({ surname: 'Gone', personalDataAgree: false, communicationAgree: false })
    await anEmail(user, mailOf(user))
    return user
  }
  const isRefusal = (error: unknown) => error instanceof InvalidFields || error instanceof CannotMerge

  for (const [name, write] of Object.entries(writing)) {
    test(`${name} is refused`, async ({ assert }) => {
      const refused = (user: number) => write(user).then(() => 'written', (error) => isRefusal(error) || error)
      const user = await somebody()
      assert.isTrue(await whileHeld(await erasing(user), () => refused(user)))
      assert.isTrue(await refused(user))
      assert.deepEqual(await leftOf(user), { surname: null, agrees: false, rows: 0 })
    })
  }

  for (const [name, load] of Object.entries(loading)) {
    test(`${name} has its line rejected`, async ({ assert }) => {
      const user = await somebody()
      assert.equal((await whileHeld(await erasing(user), () => load(user))).rejected, 1)
      assert.equal((await load(user)).rejected, 1)
      assert.deepEqual(await leftOf(user), { surname: null, agrees: false, rows: 0 })
    })
  }

  test('M-09 a file of the person that is being written is not handed over', async ({ assert }) => {
    const user = await somebody()
    const staff = await aMemberOfStaff({ role: 'administrator' })
    const asked = await row<{ id: number }>(
      sql`insert into privacy_requests (user_id, kind, reason, source) values (${user}, 'export', 'letter', 'back_office') returning id`
    )
    await whileHeld(await erasing(user), () => runNow(privacyJob as Job, { requestId: asked!.id, staffId: staff.id }, { actor: { staffId: staff.id }, title: 'x' }))
    assert.deepEqual(await row(sql`select state, file_id from privacy_requests where id = ${asked!.id}`), { state: 'refused', file_id: null })
    assert.lengthOf(await rows(sql`select from files where name = ${`person-${user}.zip`}`), 0)
  })
})

async function erasing(user: number) {
  const request = await row<{ id: number }>(
    sql`insert into privacy_requests (user_id, kind, reason, source) values (${user}, 'erasure', 'letter', 'back_office') returning id`
  )
  return (trx: Transaction) => carryOutErasure(request!.id, nobody, trx)
}

const leftOf = (user: number) =>
  row(
    sql`select surname, personal_data_agree or communication_agree as agrees,
        (select count(*) from user_identifiers i where i.user_id = u.id and i.value not like 'erased-%')
        + (select count(*) from user_sessions s where s.user_id = u.id) + (select count(*) from user_passwords p where p.user_id = u.id)
        + (select count(*) from user_labels l where l.user_id = u.id) + (select count(*) from user_documents d where d.user_id = u.id)
        + (select count(*) from user_events e where e.user_id = u.id and e.payload::text like '%Revived%')
        + (select count(*) from files f where f.name = 'passport.pdf') as rows
      from users u where u.id = ${user}`
  )

/** One more than there are connections: who holds one and waits for another waits for all the others, who do the same. */
const CROWD = 11
const crowd = <Result>(each: (n: number) => Promise<Result>) => Promise.all(Array.from({ length: CROWD }, (_, n) => each(n)))

test.group('A-04 As many calls at once as there are connections, and one more', (group) => {
  emptied(group)
  callingSources(group)

  test('restored passwords need no second connection', async ({ assert }) => {
    const values: string[] = []
    for (let n = 0; n < CROWD; n++) values.push(await aTicket(await aUser(), '123456'))
    const answers = await crowd((n) => ask('user/restorePassword', { identifier: { type: 'email', value: values[n] }, code: '123456', password: ANOTHER }))
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
  })

  test('nor does what a source asks for', async ({ assert }) => {
    await aCampaign('crowd', {}, ['site'])
    assert.deepEqual([...new Set((await crowd(() => ask('source/info'))).map(({ status }) => status))], [200])
  })
})

/** A code for a new password, as its letter holds it. Answers the address that it went to. */
async function aTicket(user: number, code: string) {
  const identifier = await anEmail(user, mailOf(user))
  const ticket = await row<{ id: number }>(
    sql`insert into user_tickets (user_id, identifier_id, generator_id, purpose, expires_at)
      select ${user}, ${identifier}, min(id), 'restore', now() + interval '1 hour' from ticket_generators where identifier_type = 'email' returning id`
  )
  await execute(sql`update user_tickets set code_hash = ${hashOfCode(ticket!.id, code)} where id = ${ticket!.id}`)
  return mailOf(user)
}
