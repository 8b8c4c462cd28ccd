import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { ApiClient } from '@japa/api-client'
import { merge, recordConsent } from '#app/users'
import { rows, sql, transaction } from '#core/database'
import { objects, readMerged, remove, type Values } from '#core/objects'
import { a, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { makeKey } from '../../../app/core/access/api_keys/api_key.js'

async function aKey(...scopes: string[]) {
  const { written } = await makeKey({ name: 'Shop', scopes, networks: null, expiresAt: null }, nobody)
  return `Bearer ${written}`
}

const writing = ['user:create', 'user:edit', 'user:personal']

/** What another system says of customers: `#` stands for the set of customers that it is said of, so that two sets are told the same. */
const cases: { name: string; key?: string; scopes?: string[]; rows: Values[]; outcomes: string[] }[] = [
  {
    name: 'values of every type, some as they are',
    rows: [
      { externalId: '#-1', surname: 'Новая', birthDate: '1985-03-02', isTest: true, gender: 1, locale: 'en' },
      { externalId: '#-2', surname: 'Old', givenName: null },
      { externalId: '#-3', shoe: 41 },
      { externalId: '#-4', givenName: 'Анна', shoe: null },
    ],
    outcomes: ['updated', 'unchanged', 'updated', 'unchanged'],
  },
  {
    name: 'rows that rules, references and PostgreSQL refuse, between others',
    rows: [
      { externalId: '#-1', surname: 'A' },
      { externalId: '#-2', birthDate: '2999-01-01', surname: 'B' },
      { externalId: '#-3', gender: 987654, surname: 'C' },
      { externalId: '#-4', status: null, surname: 'D' },
      { externalId: '#-5', surname: 'E' },
      { externalId: '#-7', surname: 'New', birthDate: '1700-01-01' },
      { externalId: '#-8', surname: 'New' },
      { surname: 'Nobody' },
    ],
    outcomes: ['updated', 'refused birthDate', 'refused gender', 'refused status', 'updated', 'refused birthDate', 'created', 'refused externalId'],
  },
  {
    name: 'a number that another customer has',
    key: 'phone',
    rows: [{ phone: '+7916#11', externalId: '#-3' }, { phone: '8 (916) # 12', externalId: '#-9', surname: 'Mine' }],
    outcomes: ['refused externalId', 'updated'],
  },
  {
    name: 'addresses and labels beside values',
    rows: [
      { externalId: '#-1', email: 'New.#@Example.com', labels: 'VIP; likes #', surname: 'A' },
      { externalId: '#-2', phone: '+7916#11', surname: 'B' },
      { externalId: '#-3', phone: 'no number', surname: 'C' },
      { externalId: '#-4', card: 'C-#', emailConfirmed: true },
      { externalId: '#-8', phone: '+7 916 # 88', givenName: 'New' },
    ],
    outcomes: ['updated', 'refused phone', 'refused phone', 'updated', 'created'],
  },
  {
    name: 'words about consents',
    rows: [
      { externalId: '#-1', personalDataAgree: true, communicationAgree: true },
      { externalId: '#-2', communicationRegime: 'only', surname: 'B' },
      { externalId: '#-5', communicationAgree: false },
      { externalId: '#-5w', personalDataAgree: true },
    ],
    outcomes: ['updated', 'updated', 'updated', 'updated'],
  },
  {
    name: 'a customer under the number that they had before a merge',
    rows: [{ externalId: '#-merged', surname: 'One person' }, { externalId: '#-2', surname: 'B' }],
    outcomes: ['updated', 'updated'],
  },
  {
    name: 'a customer in the trash, whose number is free',
    rows: [{ externalId: '#-gone', surname: 'Another' }, { externalId: '#-2', surname: 'B' }],
    outcomes: ['created', 'updated'],
  },
  {
    name: 'fields that are hidden from the key',
    scopes: ['user:create', 'user:edit'],
    rows: [{ externalId: '#-1', surname: 'A' }, { externalId: '#-2', isTest: true }],
    outcomes: ['refused surname', 'updated'],
  },
  {
    name: 'a key that may not create',
    scopes: ['user:edit'],
    rows: [{ externalId: '#-1', isTest: true }, { externalId: '#-8', isTest: true }],
    outcomes: ['updated', 'refused id'],
  },
]

test.group('Many records of other systems in one call', (group) => {
  rolledBack(group)
  group.teardown(() => readMerged(objects.get('user')))

  for (const { name, key = 'externalId', scopes = writing, rows: said, outcomes } of cases) {
    test(`become what they become one by one: ${name}`, async ({ client, assert }) => {
      const authorization = await aKey(...scopes)
      if (said.some(({ shoe }) => shoe !== undefined)) await a('attribute', { object: 'user', name: 'shoe', label: 'Shoe', type: 'integer' })
      const [single, together] = [await customers('50001'), await customers('50002')]
      const told = [await oneByOne(client, authorization, key, of(single, said)), await atOnce(client, authorization, key, of(together, said))]
      assert.deepEqual(told[0].map(inShort), outcomes)
      assert.deepEqual(neutral(told[1], together), neutral(told[0], single))
      const kept = [await whatStands(single), await whatStands(together)]
      assert.deepEqual(kept[1], kept[0])
    })
  }

  test('one customer twice: the first row counts, also where a merge made two numbers theirs', async ({ client, assert }) => {
    const set = await customers('50003')
    const told = await atOnce(client, await aKey(...writing), 'externalId', of(set, [
      { externalId: '#-1', surname: 'First' }, { externalId: '#-1', surname: 'Second' },
      { externalId: '#-into', surname: 'First' }, { externalId: '#-merged', surname: 'Second' },
      { externalId: '#-8', surname: 'First' }, { externalId: '#-8', surname: 'Second' },
    ]))
    assert.deepEqual(told.map(inShort), ['updated', 'refused externalId', 'updated', 'refused externalId', 'created', 'refused externalId'])
    const surnames = await rows<{ surname: string }>(sql`select distinct surname from users where external_id in ('50003-1', '50003-into', '50003-8')`)
    assert.deepEqual(surnames, [{ surname: 'First' }])
  })

  test('changes of known customers are a few statements, however many there are and whoever is refused', async ({ client, assert }) => {
    const authorization = await aKey(...writing)
    const count = async (many: number, wrong: number[] = []) => {
      const people = Array.from({ length: many }, (_, index) => ({ externalId: `m-${many}-${index}`, surname: 'Old', givenName: 'Same' }))
      await atOnce(client, authorization, 'externalId', people)
      const changed = people.map((one, index) => ({ ...one, surname: `New ${index}`, ...(wrong.includes(index) && { birthDate: '2999-01-01' }) }))
      const asked: string[] = []
      const listen = ({ sql: text }: { sql: string }) => asked.push(text)
      db.connection().getWriteClient().on('query', listen)
      const told = await atOnce(client, authorization, 'externalId', changed)
      db.connection().getWriteClient().off('query', listen)
      assert.equal(told.filter(({ outcome }) => outcome === 'updated').length, many - wrong.length)
      const history = await rows<{ changes: object }>(sql`select changes from audit_log a join users u on u.id = a.record_id
        where a.object = 'user' and a.action = 'edit' and u.external_id like ${`m-${many}-%`} order by u.surname`)
      assert.deepEqual(history[0].changes, { before: { surname: 'Old' }, after: { surname: 'New 0' } })
      assert.lengthOf(history, many - wrong.length)
      return asked.length
    }
    const few = await count(3)
    /** Now and then it is told, too, when a key was last used. */
    assert.isAtMost(await count(200), few + 3)
    assert.isAtMost(await count(201, [117]), few + 60)
  })

  test('an old id leads to who it is now, named alone or by what points at it', async ({ client, assert }) => {
    const set = await customers('50004')
    const authorization = await aKey(...writing, 'user:read')
    const changed = await client.patch(`/api/v1/objects/user/${set.ids.merged}`).header('authorization', authorization).json({ values: { surname: 'Now' } })
    assert.deepEqual(changed.body(), { id: set.ids.into, outcome: 'updated' })
    const read = await client.get(`/api/v1/objects/user/${set.ids.merged}`).header('authorization', authorization)
    assert.deepInclude(read.body(), { id: set.ids.into, surname: 'Now' })
    const leave = async (user: unknown, channel: string) =>
      client.post('/api/v1/objects/unsubscribe').header('authorization', await aKey('unsubscribe:create')).json({ values: { user, channel: { code: channel } } })
    for (const [user, channel] of [[set.ids.merged, 'sms'], [{ externalId: `${set.mark}-merged` }, 'push']] as const) {
      const left = await leave(user, channel)
      assert.equal(left.status(), 200, left.text())
    }
    assert.lengthOf(await rows(sql`select from user_unsubscribes where user_id = ${set.ids.into}`), 2)
    assert.deepEqual(Object.keys((await leave(set.ids.gone, 'sms')).body().errors), ['user'])
    assert.equal((await client.patch(`/api/v1/objects/user/${set.ids.gone}`).header('authorization', authorization).json({ values: {} })).status(), 404)
  })
})

interface Customers {
  mark: string
  ids: Record<string, number>
}

/** The same people for every way: with a phone, with consents, who took one back, merged, deleted. */
async function customers(mark: string): Promise<Customers> {
  const ids: Record<string, number> = {}
  for (const name of ['1', '2', '3', '4', '5', '6', '5w', 'into', 'merged', 'gone']) {
    ids[name] = await a('user', { externalId: `${mark}-${name}`, surname: 'Old', ...(name === '5' && { communicationAgree: true }), ...(name === '4' && { givenName: 'Анна' }) })
  }
  await a('identifier', { user: ids['5'], type: 'phone', value: `+7916${mark}11`, confirmed: true })
  await a('identifier', { user: ids['6'], type: 'phone', value: `+7916${mark}12`, confirmed: true })
  for (const value of [true, false]) await recordConsent({ userId: ids['5w'], kind: 'personal_data', value }, { source: 'api' })
  await transaction((trx) => merge({ from: ids.merged, into: ids.into }, nobody, trx))
  await readMerged(objects.get('user'))
  await transaction((trx) => remove(objects.get('user'), ids.gone, nobody, trx))
  return { mark, ids }
}

const of = ({ mark }: Customers, said: Values[]): Values[] => JSON.parse(JSON.stringify(said).replaceAll('#', mark)) as Values[]

interface Told {
  outcome: string
  code?: string
  errors?: Record<string, string>
}

const inShort = ({ outcome, errors }: Told) => [outcome, ...Object.keys(errors ?? {})].join(' ')

async function oneByOne(client: ApiClient, authorization: string, key: string, said: Values[]): Promise<Told[]> {
  const told: Told[] = []
  for (const values of said) {
    const answer = await client.post('/api/v1/objects/user').header('authorization', authorization).json({ key, values })
    const { outcome, code, errors } = answer.body()
    told.push(answer.status() === 200 ? { outcome } : { outcome: 'refused', code, errors })
  }
  return told
}

async function atOnce(client: ApiClient, authorization: string, key: string, said: Values[]): Promise<Told[]> {
  const answer = await client.post('/api/v1/objects/user/batch').header('authorization', authorization).json({ key, rows: said })
  if (answer.status() !== 200) throw new Error(answer.text())
  return answer.body().rows.map(({ outcome, code, errors }: Told) => ({ outcome, ...(code && { code }), ...(errors && { errors }) }))
}

/** Free of the set that it is told of. */
const neutral = <What>(what: What, { mark }: Customers): What =>
  JSON.parse(JSON.stringify(what).replaceAll(mark, '#').replaceAll(/key \d+/g, 'key N')) as What

/** Everything that stands of a set: values, addresses, labels, words, and what the histories tell. */
async function whatStands(set: Customers) {
  const theirs = sql`(u.external_id like ${`${set.mark}-%`} or u.id = any(${Object.values(set.ids)}::bigint[]))`
  const order = sql`order by u.external_id, u.deleted_at nulls first`
  return neutral(
    {
      users: await rows(sql`select external_id, surname, given_name, birth_date, gender_id, status_id, type_id, locale, is_test, attributes,
        personal_data_agree, communication_agree, communication_regime, deleted_at is not null as deleted from users u where ${theirs} ${order}`),
      addresses: await rows(sql`select u.external_id, i.type, i.value, i.confirmed, i.active from user_identifiers i join users u on u.id = i.user_id
        where ${theirs} ${order}, i.type, i.value`),
      labels: await rows(sql`select u.external_id, l.code, h.source from user_labels h join users u on u.id = h.user_id join labels l on l.id = h.label_id
        where ${theirs} ${order}, l.code`),
      words: await rows(sql`select u.external_id, c.kind, c.value, c.subject, c.source, c.method from consent_log c join users u on u.id = c.user_id
        where ${theirs} ${order}, c.kind, c.id`),
      events: await rows(sql`select u.external_id, e.signal from user_events e join users u on u.id = e.user_id where ${theirs} ${order}, e.signal`),
      history: await rows(sql`select u.external_id, h.action, h.method, h.changes from audit_log h join users u on u.id = h.record_id
        where h.object = 'user' and h.action in ('create', 'edit') and ${theirs} ${order}, h.id`),
    },
    set
  )
}
