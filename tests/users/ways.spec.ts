import { test } from '@japa/runner'
import hash from '@adonisjs/core/services/hash'
import { merge, ownerOf, unsubscribe } from '#app/users'
import { execute, row, rows, sql, transaction } from '#core/database'
import { runNow, type Job } from '#core/jobs'
import { methods, schemaOf } from '#core/methods'
import { edit, objects, plain } from '#core/objects'
import { newSigningSecret, sealed, signatureHeaders, signingSecretFrom } from '#core/secrets'
import { outdateSources } from '../../app/campaigns/sources/source_by_code.js'
import { giveCallbackSecret } from '../../app/campaigns/sources/source_callbacks.js'
import { makeToken } from '../../app/communication/tracking/token.js'
import { makeKey } from '../../app/core/access/api_keys/api_key.js'
import { consents as part } from '../../app/users/consents/part.js'
import { ways, type Way } from '../../app/users/consents/said_by.js'
import { privacyJob } from '../../app/users/erasure/privacy_job.js'
import { aCommunication, aProvider } from '../communication/support/sending.js'
import { columns, imported } from '../core/imports/imported.js'
import { a, anEmail, aUser, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aCampaign, ask, askAsServer } from '#tests/support/shop'
import { callingSources } from '#tests/support/sources'
import { aMemberOfStaff, PASSWORD } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const home = `http://${process.env.HOST}:${process.env.PORT}`
const mail = { type: 'email', value: 'anna@example.com' }
const no = { consents: [{ kind: 'communication', document: 'c1', value: false }] }

/** One way by which the word of a customer changes, and what the log holds of the change. */
interface Row {
  way: Way
  /** The method, or what is pressed. */
  by: string
  /** What was so before. */
  first?: (user: number) => Promise<unknown>
  /** The change itself; answers whose word it is, where that is not the customer's. */
  say: (user: number) => Promise<unknown>
  /** Kind, of what, yes or no, document. */
  words: string[]
  /** Code of the source, where it came through one. */
  from?: string
  /** Whether the log names who works here, and the network address of who said it. */
  staff?: boolean
  address?: boolean
  /** The file that it was read from. */
  file?: string
}

const leaves = async (user: number, code: string) => unsubscribe({ userId: user, channelId: await idOf('channel', code), categoryId: null }, { source: 'preferences' })
const byMethod = (by: string, body: object, words: string[], more: Partial<Row> = {}): Row => ({
  way: 'api', by, say: (user) => askAsServer(by, body, user), words, from: 'till', address: true, ...more,
})
const byHand = (by: string, say: (staff: Visitor, user: number) => Promise<unknown>, words: string[], more: Partial<Row> = {}): Row => ({
  way: 'back_office', by, say: async (user) => say(await anAdministrator(), user), words, staff: true, address: true, ...more,
})

const table: Row[] = [
  {
    way: 'api', by: 'user/register', from: 'site', address: true, words: ['personal_data true p1'],
    say: async () => {
      const consents = [{ kind: 'personal_data', document: 'p1', value: true }]
      return (await ask('user/register', { identifiers: [{ type: 'phone', value: '+79160000011' }], consents, password: PASSWORD })).body.userId
    },
  },
  {
    way: 'api', by: 'user/login', from: 'site', address: true, words: ['communication false c1'],
    first: async (user) => execute(sql`insert into user_passwords (user_id, hash) values (${user}, ${await hash.make(PASSWORD)})`),
    say: () => ask('user/login', { identifiers: [mail], password: PASSWORD, ...no }),
  },
  byMethod('user/loginWithoutPassword', { identifier: mail, ...no }, ['communication false c1']),
  byMethod('user/consent', no, ['communication false c1']),
  byMethod('campaign/agree', { document: 'r1', value: true }, ['campaign true r1']),
  byMethod('user/subscribe', { channel: 'sms' }, ['unsubscribe sms/* false c1'], { first: (user) => leaves(user, 'sms') }),
  byMethod('user/unsubscribe', { channel: 'sms' }, ['unsubscribe sms/* true c1']),
  byMethod('user/updateUnsubscribe', { kept: [] }, ['unsubscribe */* true c1']),
  {
    way: 'api', by: 'a key', address: true, words: ['communication false c1'],
    say: async (user) => {
      const { written } = await makeKey({ name: 'CRM', scopes: ['user:edit'], networks: null, expiresAt: null }, nobody)
      const headers = { 'authorization': `Bearer ${written}`, 'content-type': 'application/json' }
      await fetch(`${home}/api/v1/objects/user/${user}`, { method: 'PATCH', headers, body: JSON.stringify({ values: { communicationAgree: false } }) })
    },
  },
  byHand('a field of the card', (staff, user) => staff.post(`/users/${user}/fields/communicationRegime`, { communicationRegime: 'only' }), ['regime only false c1']),
  byHand('a tick of the card', (staff, user) => staff.post(`/users/${user}/fields/communicationAgree`, { communicationAgree: '0' }), ['communication false c1']),
  byHand('a row of what was left', async (staff, user) => staff.post('/unsubscribe', { user: `${user}`, channel: `${await idOf('channel', 'sms')}` }), ['unsubscribe sms/* true c1']),
  byHand('its deletion', async (staff, user) => staff.post(`/unsubscribe/${await leftBy(user)}/deletion`), ['unsubscribe sms/* false c1'], {
    first: (user) => leaves(user, 'sms'),
  }),
  {
    way: 'import', by: 'a file', staff: true, file: 'rows.csv', words: ['communication true c1'],
    say: async () => {
      const staffId = (await aMemberOfStaff({ role: 'administrator' })).id
      await imported('user', 'externalId,communicationAgree\nway-1,1\n', { fields: columns('externalId', 'communicationAgree') }, { staffId })
      return (await row<{ id: number }>(sql`select id from users where external_id = 'way-1'`))!.id
    },
  },
  {
    way: 'one_click', by: 'the button of a mail program', address: true, words: ['unsubscribe email/* true c1'],
    say: async (user) => fetch(`${home}/u/${await aLetter(user, 'link')}`, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }),
  },
  {
    way: 'preferences', by: 'the page of a mail', address: true, words: ['unsubscribe */* true c1'],
    say: async (user) => fetch(`${home}/u/${await aLetter(user, 'link')}/preferences`, { method: 'POST', body: new URLSearchParams({ all: 'leave' }) }),
  },
  { way: 'complaint', by: 'a report of a mail provider', words: ['unsubscribe email/* true c1'], say: complain },
  { way: 'callback', by: 'callback/optOut', from: 'site', address: true, words: ['unsubscribe email/* true c1'], say: () => tell('callback/optOut') },
  {
    way: 'callback', by: 'callback/optIn', from: 'site', address: true,
    words: ['communication true c1', 'regime only false c1', 'subscribe email/* true c1'],
    first: async () => anEmail(await aUser({ communicationAgree: false }), 'boris@example.com'),
    say: async () => {
      await tell('callback/optIn', { email: 'boris@example.com', document: 'c1' })
      return ownerOf('email', 'boris@example.com')
    },
  },
  {
    way: 'merge', by: 'a merge by hand', staff: true, address: true, words: ['communication false c1'],
    say: async (user) => {
      const [staff, from] = [await anAdministrator(), await aUser({ communicationAgree: false })]
      const pair = (await staff.post(`/users/${user}/pairs`, { merged: `${from}` })).headers.get('location')
      await staff.post(`${pair}/merges`, { into: `${user}` })
    },
  },
  {
    way: 'merge_undone', by: 'its undoing', staff: true, address: true, words: ['communication true c1'],
    first: async (user) => merge({ from: await aUser({ communicationAgree: false }), into: user }, nobody),
    say: undo,
  },
  {
    way: 'parted', by: 'its undoing after a no', staff: true, address: true, words: ['unsubscribe sms/* true c1'],
    first: async (user) => {
      await merge({ from: await aUser(), into: user }, nobody)
      await leaves(user, 'sms')
    },
    say: async (user) => {
      await undo(user)
      return (await row<{ id: number }>(sql`select merged_id as id from user_merges where user_id = ${user}`))!.id
    },
  },
  {
    way: 'erasure', by: 'a request that is carried out', staff: true, words: ['communication false c1', 'personal_data false p1'],
    say: async (user) => {
      const requestId = await a('privacy_request', { user, kind: 'erasure', reason: 'A letter' })
      await runNow(privacyJob as Job, { requestId, staffId: (await aMemberOfStaff()).id }, { actor: nobody, title: 'x' })
    },
  },
]

async function anAdministrator() {
  const visitor = new Visitor()
  await visitor.signIn((await aMemberOfStaff({ role: 'administrator' })).email)
  await visitor.get('/profile')
  return visitor
}

const leftBy = async (user: number) => (await row<{ id: number }>(sql`select id from user_unsubscribes where user_id = ${user}`))!.id

/** A mail that was sent, without sending it; answers its token. */
async function aLetter(user: number, use: 'link' | 'message') {
  const communication = await aCommunication()
  const content = { channelId: await idOf('channel', 'email'), categoryId: null }
  const { id: sendId } = (await row<{ id: number }>(
    sql`insert into sends (communication_id, state, content) values (${communication}, 'finished', ${JSON.stringify(content)}::jsonb) returning id`
  ))!
  const { id: identifierId } = (await row<{ id: number }>(sql`select id from user_identifiers where user_id = ${user} and type = 'email'`))!
  await execute(
    sql`insert into deliveries (send_id, communication_id, user_id, identifier_id, address, state, sent_at)
      values (${sendId}, ${communication}, ${user}, ${identifierId}, ${mail.value}, 'sent', now())`
  )
  return makeToken({ sendId, userId: user, identifierId }, use)
}

async function complain(user: number) {
  const [provider, secret] = [await aProvider(25), newSigningSecret()]
  await execute(sql`update mail_providers set webhook_secret = ${sealed(secret)} where id = ${provider}`)
  const body = JSON.stringify({ kind: 'complaint', messageId: `<${await aLetter(user, 'message')}@example.com>`, address: mail.value, note: 'spam' })
  const signed = signatureHeaders({ id: 'msg_way', timestamp: Math.floor(Date.now() / 1000), body }, [secret])
  await fetch(`${home}/hooks/mail/${provider}`, { method: 'POST', headers: { 'content-type': 'application/json', ...signed }, body })
}

async function tell(callback: string, body: object = { email: mail.value }) {
  const secret = signingSecretFrom(await giveCallbackSecret(await idOf('source', 'site'), 0, nobody), callback)
  await ask(`${callback}?secret=${encodeURIComponent(secret)}`, body)
}

async function undo(user: number) {
  const { id } = (await row<{ id: number }>(sql`select id from user_merges where user_id = ${user}`))!
  await (await anAdministrator()).post(`/merges/${id}/undoings`)
}

const lastWord = async () => (await row<{ id: number }>(sql`select coalesce(max(id), 0) as id from consent_log`))!.id

const wordsOf = (user: number, after: number) =>
  rows<{ way: Way; word: string; from: string | null; staff: boolean; address: boolean; method: string | null; file: string | null; sealed: boolean }>(
    sql`select l.source as way, concat_ws(' ', l.kind, l.subject, l.value::text, l.document_version) as word, s.code as from, l.staff_id is not null as staff,
        l.ip is not null as address, l.method, i.name as file, l.text_hash is not distinct from d.text_hash and d.id is not null as sealed
      from consent_log l left join sources s on s.id = l.source_id left join consent_documents d on d.id = l.document_id
      left join imports i on i.id = l.import_id
      where l.user_id = ${user} and l.id > ${after} order by l.id`
  )

test.group('M-10 Every way by which a word of a customer changes', (group) => {
  rolledBack(group)
  callingSources(group)
  group.each.teardown(() => outdateSources())

  test('M-10 no way, and no method that takes a word, is without its row', ({ assert }) => {
    assert.sameMembers([...new Set(table.map(({ way }) => way))], [...ways])
    const reading = ['consent/documents', 'user/getUnsubscribe']
    const taking = methods.all().filter(({ input }) => 'consents' in (schemaOf(input).properties ?? {}))
    const speaking = new Set([...part.methods!, ...taking].map(({ name }) => name).filter((name) => !reading.includes(name)))
    assert.includeMembers(table.map(({ by }) => by), [...speaking])
  })

  test('M-10 an event of a word that a system wrote by its key names the key', async ({ assert }) => {
    const user = await aUser({ communicationAgree: true })
    await transaction((trx) => edit(objects.get('user'), user, { communicationAgree: false }, { ...nobody, method: 'key 5', trace: 'one' }, trx))
    const told = await row(sql`select source, method, trace from user_events where user_id = ${user} and signal = 'consent.withdrawn'`)
    assert.deepEqual(told, { source: 'key 5', method: 'key 5', trace: 'one' })
    assert.equal(objects.field(objects.get('consent'), 'method').type.show('key 5' as never, {} as never, { ...plain, t: (key, values) => `${key} ${values?.key}` }), 'consent.byKey 5')
  })

  test('M-10 {way}, {by}: one row each, with its document and where it came from')
    .with(table)
    .run(async ({ assert }, { way, by, first, say, words, from = null, staff = false, address = false, file = null }) => {
      await aCampaign('club', { needsPhone: false }, ['till'])
      const campaign = (await row<{ id: number }>(sql`select id from campaigns where code = 'club'`))!.id
      for (const [kind, version] of [['personal_data', 'p1'], ['communication', 'c1'], ['campaign', 'r1']]) {
        const more = { validFrom: new Date(Date.now() - 1000), ...(kind === 'campaign' && { campaign }) }
        await a('consent_document', { kind, version, textRu: `Текст ${version}`, textEn: `Text ${version}`, ...more })
      }
      const user = await aUser()
      await anEmail(user, mail.value)
      await first?.(user)
      const before = await lastWord()
      const other = await say(user)
      const said = await wordsOf(typeof other === 'number' ? other : user, before)
      const method = by.includes('/') ? by : null
      const named = said.map((one) => ({ ...one, method: one.method?.startsWith('key ') ? null : one.method }))
      assert.deepEqual(named, words.map((word) => ({ way, word, from, staff, address, method, file, sealed: true })))
    })
})
