import { test } from '@japa/runner'
import { admitUser, canonicalUser, CannotMerge, ChangedSinceMerge, markAsFraud, merge, MergedFurther, MergeUndone, ownerOf, personOf, recordConsent, setLabels, unsubscribe, undoMerge, UserIsFraud } from '#app/users'
import { execute, row, rows, sql, transaction } from '#core/database'
import { compile, type FilterNode } from '#core/filters'
import { edit, find, idsPointedAt, objects, plain, readMerged, type Values } from '#core/objects'
import { a, aReceipt, aUser, anEmail, idOf, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { columns, figures, imported } from '../core/imports/imported.js'

const userObject = () => objects.get('user')
const merged = async (from: number, into: number, more: { taken?: string[]; main?: number[] } = {}) => {
  const id = await merge({ from, into, ...more }, nobody)
  await readMerged(userObject())
  return id
}
const undone = (id: number) => undoMerge(id, nobody)
const valuesOf = (id: number, ...names: string[]) => find(userObject(), id, plain, names) as Promise<Values>

test.group('F27 Merge of customers', (group) => {
  rolledBack(group)
  group.teardown(() => readMerged(userObject()))

  test('the merged one leads to the other, and is in no list', async ({ assert }) => {
    const [from, into] = [await aUser({ surname: 'Ivanova' }), await aUser({ surname: 'Petrova' })]
    await merged(from, into)
    assert.equal(await canonicalUser(from), into)
    assert.deepEqual(await personOf(from), [into, from])
    assert.isUndefined(await find(userObject(), from, plain))
  })

  test('empty fields are filled, others stay unless they are chosen', async ({ assert }) => {
    const from = await aUser({ surname: 'Ivanova', givenName: 'Anna', birthDate: '1990-01-02' })
    const into = await aUser({ surname: 'Petrova', givenName: 'Ann' })
    await merged(from, into, { taken: ['givenName'] })
    const now = await valuesOf(into, 'surname', 'givenName', 'birthDate')
    assert.deepInclude(now, { surname: 'Petrova', givenName: 'Anna', birthDate: '1990-01-02' })
  })

  test('what rules of today refuse is moved as it stands, and returned', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser()]
    const gender = await a('gender', { code: 'former', nameRu: 'Прежний', position: 1, active: true })
    await execute(sql`update users set birth_date = '0001-01-01', gender_id = ${gender} where id = ${from}`)
    await execute(sql`update genders set deleted_at = now() where id = ${gender}`)
    const standing = (user: number) => row(sql`select birth_date, gender_id from users where id = ${user}`)
    const id = await merged(from, into)
    assert.deepEqual(await standing(into), { birth_date: '0001-01-01', gender_id: gender })
    await undone(id)
    assert.deepEqual(await standing(into), { birth_date: null, gender_id: null })
  })

  test('identifiers come along, one of a type stays active, and each still has its owner', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser()]
    const theirs = await anEmail(from, 'theirs@example.com')
    await anEmail(into, 'ours@example.com')
    await a('identifier', { user: from, type: 'phone', value: '+79161234567', confirmed: true })
    const kept = await identifiers([from, into])

    const id = await merged(from, into)
    assert.deepEqual(await identifiers([into]), { 'theirs@example.com': [into, false], 'ours@example.com': [into, true], '+79161234567': [into, true] })
    assert.equal(await ownerOf('email', 'theirs@example.com'), into)
    await undone(id)
    assert.deepEqual(await identifiers([from, into]), kept)
    assert.equal(await ownerOf('email', 'theirs@example.com'), from)

    await merged(from, into, { main: [theirs] })
    assert.deepInclude(await identifiers([into]), { 'theirs@example.com': [into, true], 'ours@example.com': [into, false] })
  })

  test('F26 a confirmed identifier stays active beside one that nobody has confirmed, whoever stays and whatever was chosen', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser()]
    await anEmail(from, 'proved@example.com')
    const typed = await anEmail(into, 'typed@example.com', false)
    await merged(from, into, { main: [typed] })
    assert.deepEqual(await identifiers([into]), { 'proved@example.com': [into, true], 'typed@example.com': [into, false] })
  })

  for (const stranger of ['from', 'into'] as const) {
    test(`S-02 who proved nothing brings no way in to the account of who did, merged as \`${stranger}\``, async ({ assert }) => {
      const pair = { from: await aUser(), into: await aUser() }
      const owner = stranger === 'from' ? pair.into : pair.from
      await anEmail(owner, 'owner@example.com')
      await anEmail(pair[stranger], 'stranger@example.com', false)
      const provider = await a('social_provider', { name: 'O', code: 'o', issuer: 'https://o.example', clientId: 'c', scopes: 'openid', active: true })
      for (const user of [pair.from, pair.into]) {
        await execute(sql`insert into user_passwords (user_id, hash) values (${user}, 'x')`)
        await execute(sql`insert into user_social_accounts (user_id, provider_id, subject) values (${user}, ${provider}, ${`there ${user}`})`)
        await execute(sql`insert into user_sessions (user_id, source_id, hash, method, address, agent, idle_days, expires_at)
          select ${user}, min(id), sha256(${String(user)}::text::bytea), 'user/login', '', '', 30, now() + interval '1 day' from sources`)
      }
      await merged(pair.from, pair.into)
      const known = sql`user_id = ${pair[stranger]}`
      assert.deepEqual(
        await row(sql`select (select count(*) from user_passwords where ${known}) as passwords, (select count(*) from user_social_accounts where ${known}) as accounts,
          (select count(*) from user_sessions where ${known}) as sessions`),
        { passwords: 0, accounts: 0, sessions: 0 }
      )
      assert.lengthOf(await rows(sql`select from user_social_accounts where user_id = ${owner}`), 1)
    })
  }

  test('facts keep the id that they were written with, and are read as those of the person', async ({ assert }) => {
    const [from, into, stranger] = [await aUser(), await aUser(), await aUser()]
    const receipts = [await aReceipt(from, { total: 100_00 }), await aReceipt(into, { total: 20_00 })]
    await aReceipt(stranger, { total: 1 })
    await merged(from, into)

    const written = await rows<{ user: number }>(sql`select user_id as user from receipts where id = any(${receipts}) order by id`)
    assert.deepEqual(written.map(({ user }) => user), [from, into])
    const field = objects.get('receipt').fields.get('user')!
    assert.sameMembers(await idsPointedAt(field, into), [from, into])
    assert.deepInclude(await valuesOf(into, 'receiptsCount', 'receiptsTotal'), { receiptsCount: 2, receiptsTotal: 120_00 })
    assert.deepInclude(await find(objects.get('receipt'), receipts[0], plain, ['user']), { user: await titleOf(into) })

    await aReceipt(into, { total: 5_00 })
    assert.deepInclude(await valuesOf(into, 'receiptsCount', 'receiptsTotal'), { receiptsCount: 3, receiptsTotal: 125_00 })
  })

  test('filters ask about all ids of a person, in both directions', async ({ assert }) => {
    const [from, into, other] = [await aUser({ surname: 'Was' }), await aUser({ surname: 'Is' }), await aUser({ surname: 'Other' })]
    const [early, late, foreign] = [await aReceipt(from, { total: 100_00 }), await aReceipt(into, { total: 20_00 }), await aReceipt(other, { total: 30_00 })]
    await merged(from, into)
    const all = [from, into, other]
    const large = { field: 'total', operator: 'equal', value: ['100'] }
    const relation = (operator: string, rest: object = {}) => ({ relation: 'receipts', operator, ...rest }) as FilterNode

    assert.deepEqual(await met('user', relation('exists', { where: { logic: 'and', of: [large] } }), all), [into])
    assert.deepEqual(await met('user', relation('notExists', { where: { logic: 'and', of: [large] } }), all), [other])
    assert.deepEqual(await met('user', relation('count', { compare: 'equal', value: ['2'] }), all), [into])
    const accepted = { field: 'status', operator: 'equal', value: ['accepted'] }
    assert.deepEqual(await met('user', relation('sum', { field: 'total', compare: 'equal', value: ['120'], where: { logic: 'and', of: [accepted] } }), all), [into])

    const receipts = [early, late, foreign]
    assert.deepEqual(await met('receipt', { field: 'user', operator: 'equal', value: [String(into)] }, receipts), [early, late])
    assert.deepEqual(await met('receipt', { field: 'user', operator: 'notEqual', value: [String(into)] }, receipts), [foreign])
    assert.deepEqual(await met('receipt', { field: 'user.surname', operator: 'equal', value: ['Is'] }, receipts), [early, late])
    assert.deepEqual(await met('receipt', { field: 'user.surname', operator: 'equal', value: ['Was'] }, receipts), [])
    assert.deepEqual(await met('receipt', { field: 'user.surname', operator: 'notEqual', value: ['Is'] }, receipts), [foreign])
  })

  test('a file that knows the old number reaches the person, and brings no receipt twice', async ({ assert }) => {
    const [from, into] = [await aUser({ externalId: 'old-1' }), await aUser({ externalId: 'new-1' })]
    const receipts = { user: { column: 'customer', by: 'externalId' }, number: { column: 'number' }, issuedAt: { column: 'at' }, total: { column: 'total' } }
    const file = 'customer,number,at,total\nold-1,77,2026-06-01,100\n'
    await imported('receipt', file, { fields: receipts, match: 'user+number' })
    await merged(from, into)

    assert.deepEqual(figures(await imported('receipt', file, { fields: receipts, match: 'user+number' })), { lines: 1, created: 0, updated: 0, unchanged: 1, rejected: 0 })
    assert.equal((await imported('user', 'externalId,surname\nold-1,Renamed\n', { fields: columns('externalId', 'surname') })).updated, 1)
    assert.deepInclude(await valuesOf(into, 'surname', 'externalId'), { surname: 'Renamed', externalId: 'new-1' })
  })

  test('a number of another system that gives way still leads to the person', async ({ assert }) => {
    const [from, into] = [await aUser({ externalId: 'theirs' }), await aUser({ externalId: 'ours' })]
    const id = await merged(from, into, { taken: ['externalId'] })
    assert.deepInclude(await valuesOf(into, 'externalId'), { externalId: 'theirs' })
    assert.equal((await imported('user', 'externalId,surname\nours,Found\n', { fields: columns('externalId', 'surname') })).created, 0)
    await transaction((trx) => edit(userObject(), into, { surname: null }, nobody, trx))
    await undone(id)
    assert.deepInclude(await valuesOf(into, 'externalId'), { externalId: 'ours' })
    assert.deepInclude(await valuesOf(from, 'externalId'), { externalId: 'theirs' })
  })

  test('whoever merged into somebody who is merged leads to the last of them; from the end it is undone', async ({ assert }) => {
    const [one, two, three] = [await aUser(), await aUser(), await aUser()]
    const first = await merged(one, two)
    const second = await merged(two, three)
    assert.deepEqual(await personOf(one), [three, one, two].sort((x, y) => (x === three ? -1 : y === three ? 1 : x - y)))
    assert.instanceOf(await undone(first).catch((error) => error), MergedFurther)
    await undone(second)
    assert.equal(await canonicalUser(one), two)
    assert.equal(await canonicalUser(three), three)
    await undone(first)
    assert.equal(await canonicalUser(one), one)
    assert.instanceOf(await undone(first).catch((error) => error), MergeUndone)
  })

  test('nobody is merged into themselves, twice, in a circle, or with one who is deleted', async ({ assert }) => {
    const [one, two, gone] = [await aUser(), await aUser(), await aUser()]
    await execute(sql`update users set deleted_at = now() where id = ${gone}`)
    await merged(one, two)
    for (const [from, into] of [[two, two], [one, two], [two, one], [gone, two], [two, gone], [two, 999_999_999]]) {
      assert.instanceOf(await merged(from, into).catch((error) => error), CannotMerge)
    }
  })

  test('what was changed since is not undone, and it is said what', async ({ assert }) => {
    const [from, into] = [await aUser({ surname: 'Ivanova' }), await aUser()]
    await anEmail(from, 'theirs@example.com')
    const id = await merged(from, into)
    await transaction((trx) => edit(userObject(), into, { surname: 'Sidorova' }, nobody, trx))
    await anEmail(into, 'newer@example.com')
    const refused = await undone(id).catch((error) => error)
    assert.instanceOf(refused, ChangedSinceMerge)
    assert.deepEqual(refused.names, ['surname', 'identifiers'])
  })

  test('labels of both are the person’s, and go back with who had them', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser()]
    await transaction((trx) => setLabels(from, ['VIP', 'both'], { source: 'site' }, trx))
    await transaction((trx) => setLabels(into, ['both'], { source: 'site' }, trx))
    const id = await merged(from, into)
    assert.deepEqual(await labelsOf(into), ['VIP', 'both'])
    await undone(id)
    assert.deepEqual([await labelsOf(into), await labelsOf(from)], [['both'], ['VIP', 'both']])
  })

  test('M-10 the stricter consent holds, and each comes back when the merge is undone', async ({ assert }) => {
    const [from, into] = [await aUser({ communicationAgree: false }), await aUser()]
    const news = await idOf('unsubscribe_category', 'news')
    await transaction((trx) => unsubscribe({ userId: from, channelId: null, categoryId: news }, { source: 'preferences' }, trx))
    const agreed = () => valuesOf(into, 'personalDataAgree', 'communicationAgree')
    const id = await merged(from, into)
    assert.deepInclude(await agreed(), { personalDataAgree: true, communicationAgree: false })
    assert.lengthOf(await left(into), 1)
    await undone(id)
    assert.deepInclude(await agreed(), { personalDataAgree: true, communicationAgree: true })
    assert.lengthOf(await left(into), 0)
    assert.lengthOf(await left(from), 1)
    assert.deepEqual(await wordsOf(into), ['communication true back_office', 'communication false merge', 'communication true merge_undone'])
  })

  test('M-10 what the person refused meanwhile is refused for both after it', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser()]
    const id = await merged(from, into)
    await transaction((trx) => recordConsent({ userId: into, kind: 'communication', value: false }, { source: 'one_click' }, trx))
    await undone(id)
    for (const one of [from, into]) assert.deepInclude(await valuesOf(one, 'communicationAgree'), { communicationAgree: false })
  })

  test('M-10 a no that is said again while the merge holds is a no for both after it', async ({ assert }) => {
    for (const first of ['from', 'into']) {
      const [from, into] = [await aUser({ communicationAgree: first !== 'from' }), await aUser({ communicationAgree: first !== 'into' })]
      const id = await merged(from, into)
      for (const _said of ['once', 'again']) await recordConsent({ userId: into, kind: 'communication', value: false }, { source: 'one_click' })
      assert.lengthOf((await wordsOf(into)).filter((word) => word.endsWith('one_click')), 1)
      await undone(id)
      for (const one of [from, into]) assert.deepInclude(await valuesOf(one, 'communicationAgree'), { communicationAgree: false })
    }
  })

  test('M-10 an unsubscription that is repeated while the merge holds stays with both, and so does one of a chain', async ({ assert }) => {
    const [one, two, three] = [await aUser(), await aUser(), await aUser()]
    const news = { channelId: null, categoryId: await idOf('unsubscribe_category', 'news') }
    await unsubscribe({ userId: two, ...news }, { source: 'preferences' })
    const [first, second] = [await merged(one, two), await merged(two, three)]
    await unsubscribe({ userId: three, ...news }, { source: 'one_click' })
    await undone(second)
    await undone(first)
    for (const user of [one, two, three]) assert.lengthOf(await left(user), 1)
  })

  test('M-10 who was merged later with a no keeps the yes of another merge from coming back', async ({ assert }) => {
    const [one, two, into] = [await aUser({ communicationAgree: false }), await aUser({ communicationAgree: false }), await aUser()]
    const [first, second] = [await merged(one, into), await merged(two, into)]
    const agrees = () => valuesOf(into, 'communicationAgree')
    await undone(first)
    assert.deepInclude(await agrees(), { communicationAgree: false })
    const third = await merged(one, into)
    await undone(third)
    await undone(second)
    assert.deepInclude(await agrees(), { communicationAgree: false })
  })

  test('the journal of a merge that was undone holds nothing of either', async ({ assert }) => {
    const [from, into] = [await aUser({ surname: 'Ivanova' }), await aUser({ surname: 'Petrova' })]
    const id = await merged(from, into, { taken: ['surname'] })
    await undone(id)
    assert.deepEqual(await row(sql`select moved from user_merges where id = ${id}`), { moved: {} })
  })

  test('F29 the stricter standing holds: a fraudster is not washed clean by a merge', async ({ assert }) => {
    const [from, into] = [await aUser(), await aUser()]
    await transaction((trx) => markAsFraud(from, 'Ten accounts', nobody, trx))
    const id = await merged(from, into)
    const admitted = () => transaction((trx) => admitUser(into, trx)).catch((error) => error)
    assert.instanceOf(await admitted(), UserIsFraud)
    assert.deepInclude(await valuesOf(into, 'statusReason'), { statusReason: 'Ten accounts' })
    await undone(id)
    assert.equal(await admitted(), into)
  })
})

async function met(object: string, node: FilterNode, among: number[]) {
  const definition = objects.get(object)
  const where = compile({ logic: 'and', of: [node] }, definition, { timezone: 'UTC' })
  const alive = object === 'user' ? sql`t.deleted_at is null` : sql`true`
  const table = object === 'user' ? sql`users` : sql`receipts`
  const found = await rows<{ id: number }>(sql`select t.id from ${table} t where t.id = any(${among}) and ${alive} and ${where} order by t.id`)
  return found.map(({ id }) => id)
}

async function identifiers(users: number[]) {
  const found = await rows<{ value: string; user: number; active: boolean }>(
    sql`select value, user_id as user, active from user_identifiers where user_id = any(${users}) order by id`
  )
  return Object.fromEntries(found.map(({ value, user, active }) => [value, [user, active]]))
}

async function labelsOf(user: number) {
  const found = await rows<{ code: string }>(
    sql`select l.code from user_labels u join labels l on l.id = u.label_id where u.user_id = ${user} order by l.code`
  )
  return found.map(({ code }) => code)
}

const left = (user: number) => rows(sql`select from user_unsubscribes where user_id = ${user}`)

async function wordsOf(user: number) {
  const found = await rows<{ word: string }>(
    sql`select concat_ws(' ', kind, value, source) as word from consent_log where user_id = ${user} and kind = 'communication' order by id`
  )
  return found.map(({ word }) => word.replace(' t ', ' true ').replace(' f ', ' false '))
}

async function titleOf(id: number) {
  const found = await row<{ title: string }>(sql`select external_id as title from users where id = ${id}`)
  return { id, title: found!.title }
}
