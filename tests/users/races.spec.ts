import { test } from '@japa/runner'
import hash from '@adonisjs/core/services/hash'
import { merge } from '#app/users'
import { execute, row, rows, sql, transaction, type Transaction } from '#core/database'
import { objects, readMerged } from '#core/objects'
import { setPassword } from '../../app/users/accounts/password.js'
import { carryOutErasure } from '../../app/users/erasure/erase_user.js'
import { lockPerson } from '../../app/users/merge/lock_person.js'
import { emptied } from '#tests/support/emptied'
import { aUser, anEmail, nobody } from '#tests/support/people'
import { ask, askAsServer, type Answer } from '#tests/support/shop'
import { callingSources } from '#tests/support/sources'
import { whileHeld } from '#tests/support/while_held'

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
