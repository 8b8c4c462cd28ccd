import { test } from '@japa/runner'
import { merge, setLabels, undoMerge } from '#app/users'
import { row, rows, sql, transaction } from '#core/database'
import { objects, purge, readMerged, remove, restore } from '#core/objects'
import fc from 'fast-check'
import { findDuplicates } from '../../app/users/merge/find_duplicates_job.js'
import { a, aReceipt, aUser, anEmail, nobody } from '#tests/support/people'
import { rolledBack } from '#tests/support/rolled_back'
import { aMemberOfStaff } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const found = async () => (await transaction(findDuplicates)).found
const pairs = () => rows<{ user: number; other: number; reason: string }>(
  sql`select user_id as user, other_id as other, reason from user_duplicates where state = 'open' order by user_id, other_id`
)

test.group('F27 Possible duplicates', (group) => {
  rolledBack(group)

  test('share a number in another messenger, a mailbox, a card without zeros, or a name and a birth date', async ({ assert }) => {
    const [one, two, three, four, five] = await Promise.all(Array.from({ length: 5 }, () => aUser()))
    await a('identifier', { user: one, type: 'phone', value: '+79161234567', confirmed: true })
    await a('identifier', { user: two, type: 'whatsapp', value: '8 916 123-45-67', confirmed: true })
    await a('identifier', { user: three, type: 'card', value: '00123', confirmed: true })
    await a('identifier', { user: four, type: 'card', value: '123', confirmed: true })
    await anEmail(four, 'anna.ivanova@gmail.com')
    await anEmail(five, 'annaivanova+shop@gmail.com')
    const person = { surname: 'Семёнова', givenName: 'Анна', birthDate: '1990-01-02' }
    const [six, seven] = [await aUser(person), await aUser({ ...person, surname: 'СЕМЕНОВА', middleName: 'Петровна' })]
    await aUser({ ...person, birthDate: '1991-01-02' })

    assert.equal(await found(), 4)
    const sorted = (x: number, y: number) => ({ user: Math.min(x, y), other: Math.max(x, y) })
    assert.sameDeepMembers(await pairs(), [
      { ...sorted(one, two), reason: 'phone' },
      { ...sorted(three, four), reason: 'card' },
      { ...sorted(four, five), reason: 'email' },
      { ...sorted(six, seven), reason: 'name' },
    ])
    assert.equal(await found(), 0)
  })

  test('that were dismissed are not offered again; what shares no more, and who is gone, is offered no more', async ({ assert }) => {
    const person = { surname: 'Ivanova', givenName: 'Anna', birthDate: '1990-01-02' }
    const [one, two] = [await aUser(person), await aUser(person)]
    await found()
    await rows(sql`update user_duplicates set state = 'dismissed'`)
    assert.equal(await found(), 0)
    await rows(sql`update user_duplicates set state = 'open'`)
    await transaction((trx) => remove(objects.get('user'), two, nobody, trx))
    await found()
    assert.isEmpty(await pairs())
    await transaction((trx) => restore(objects.get('user'), two, nobody, trx))
    assert.equal(await found(), 1)
    await merge({ from: two, into: one }, nobody)
    assert.equal((await row<{ state: string }>(sql`select state from user_duplicates`))!.state, 'merged')
    await readMerged(objects.get('user'))
  }).teardown(() => readMerged(objects.get('user')))

  test('eleven with one name are a family, not a person', async ({ assert }) => {
    const person = { surname: 'Ivanova', givenName: 'Anna', birthDate: '1990-01-02' }
    for (let count = 0; count < 11; count++) await aUser(person)
    assert.equal(await found(), 0)
  })

  test('F39 a customer with identifiers goes to the trash, keeps their addresses there, and is erased after it', async ({ assert }) => {
    const user = await aUser({ surname: 'Ivanova' })
    await anEmail(user, 'anna@example.com')
    const receipt = await aReceipt(user)
    await transaction((trx) => remove(objects.get('user'), user, nobody, trx))
    const refused = await anEmail(await aUser(), 'anna@example.com').catch((error) => error)
    assert.equal(refused.errors?.value.code, 'anotherOwner')

    await transaction((trx) => purge(objects.get('user'), user, trx))
    const left = await row(sql`select surname, external_id, deleted_at from users where id = ${user}`)
    assert.deepEqual(left, { surname: null, external_id: null, deleted_at: null })
    assert.equal((await row<{ user: number }>(sql`select user_id as user from receipts where id = ${receipt}`))!.user, user)
    assert.isEmpty(await rows(sql`select from identifier_owners where value = 'anna@example.com'`))
  })
})

test.group('F27 Pages of duplicates and merges', (group) => {
  rolledBack(group)
  group.teardown(() => readMerged(objects.get('user')))

  async function signedIn(role: string) {
    const visitor = new Visitor()
    await visitor.signIn((await aMemberOfStaff({ role })).email)
    await visitor.get('/duplicates')
    return visitor
  }

  test('the search is asked for, goes once at a time, and tells what it came to', async ({ assert }) => {
    const person = { surname: 'Ivanova', givenName: 'Anna', birthDate: '1990-01-02' }
    await aUser(person)
    await aUser(person)
    const marketer = await signedIn('marketer')
    assert.include((await marketer.get('/duplicates')).words, '/duplicates/search')
    assert.include((await marketer.get('/duplicates/search')).words, 'No pair waits for a decision')
    for (const _press of [1, 2]) assert.equal((await marketer.post('/duplicates/search')).headers.get('location'), '/duplicates/search')
    assert.lengthOf(await rows(sql`select from job_runs where job = 'users.findDuplicates'`), 1)
    await rows(sql`update job_runs set state = 'done', finished_at = now(), result = ${JSON.stringify(await transaction(findDuplicates))}::jsonb`)
    const { words } = await marketer.get('/duplicates/search')
    assert.include(words, '1 new pair.')
    assert.include(words, '1 pair waits for a decision')
    await rows(sql`update job_runs set result = '{"found": 3}'`)
    assert.include((await marketer.get('/duplicates/search')).words, '3 new pairs.')
    assert.equal((await (await signedIn('viewer')).get('/duplicates/search')).status, 403)
  })

  test('the card of a merge says what moved and what undoing gives back, and after it that nothing is kept', async ({ assert }) => {
    const [from, into] = [await aUser({ surname: 'Was', communicationAgree: false }), await aUser({ surname: 'Is' })]
    await anEmail(from, 'was@example.com')
    await anEmail(into, 'is@example.com')
    await aReceipt(from)
    await transaction((trx) => setLabels(from, ['Likes offers'], { source: 'site' }, trx))
    const id = await merge({ from, into, taken: ['surname'] }, nobody)
    await readMerged(objects.get('user'))
    const panel = async (role: string) => (await (await signedIn(role)).get(`/merges/${id}/panels/moved`, { 'hx-request': 'true' })).words.replace(/\s+/g, ' ')
    const told = await panel('administrator')
    for (const said of ['was@example.com', 'no longer the main one', 'Surname: Is → Was', 'Likes offers', 'No consent to mailings', 'Receipts: ']) assert.include(told, said)
    assert.include(told, `gives № ${from} back what is listed here`)
    const covered = await panel('viewer')
    for (const hidden of ['was@example.com', 'Was<']) assert.notInclude(covered, hidden)
    await undoMerge(id, nobody)
    assert.include(await panel('administrator'), 'The merge is undone')
  })
})

test.group('F27 Merges and undoings in any order', (group) => {
  rolledBack(group)
  group.teardown(() => readMerged(objects.get('user')))

  test('keep every fact, and let the stricter consent hold', async ({ assert }) => {
    const step = fc.record({ undo: fc.boolean(), one: fc.nat(3), other: fc.nat(3) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), async (steps, agreed) => {
        const users: number[] = []
        for (const communicationAgree of agreed) users.push(await aUser({ communicationAgree }))
        for (const user of users) {
          await anEmail(user)
          await aReceipt(user, { total: 100 })
        }
        const merges: number[] = []
        for (const { undo, one, other } of steps) {
          if (undo) await undoMerge(merges.pop() ?? 0, nobody).catch(known)
          else await merge({ from: users[one], into: users[other] }, nobody).then((id) => merges.push(id), known)
          await holds(users, agreed, assert)
        }
      }),
      { numRuns: 6, endOnFailure: true }
    )
  }).timeout(60_000)
})

/** What a rule refuses is refused whole. */
function known(error: { code?: string }) {
  if (!['cannotMerge', 'mergeUndone', 'mergedFurther', 'changedSinceMerge'].includes(error.code ?? '')) throw error
}

async function holds(users: number[], agreed: boolean[], assert: { deepEqual: (one: unknown, other: unknown) => void }) {
  const facts = await rows<{ user: number }>(sql`select user_id as user from receipts where user_id = any(${users}) order by user_id`)
  assert.deepEqual(facts.map(({ user }) => user), users)
  const live = await rows<{ id: number; agrees: boolean; count: number; ids: number[]; mails: number; active: number }>(
    sql`select u.id, u.communication_agree as agrees, s.receipts_count as count,
        (select array_agg(p.id::int) from (select u.id union all select a.user_id from user_aliases a where a.canonical_id = u.id) p) as ids,
        (select count(*) from user_identifiers i where i.user_id = u.id) as mails,
        (select count(*) from user_identifiers i where i.user_id = u.id and i.active) as active
      from users u join user_stats s on s.user_id = u.id where u.id = any(${users}) and u.deleted_at is null order by u.id`
  )
  assert.deepEqual(live.flatMap(({ ids }) => ids).sort((x, y) => x - y), users)
  for (const { agrees, count, ids, mails, active } of live) {
    const all = ids.every((id) => agreed[users.indexOf(id)])
    assert.deepEqual({ agrees, count, mails, active }, { agrees: all, count: ids.length, mails: ids.length, active: 1 })
  }
}
