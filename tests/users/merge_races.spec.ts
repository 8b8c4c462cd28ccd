import { test } from '@japa/runner'
import {
  canonicalUser, CannotMerge, ChangedSinceMerge, claimIdentifier, confirmIdentifier, merge, MergedFurther, MergeUndone, ownerOf, recordConsent,
  setLabels, setRegime, undoMerge, unsubscribe,
} from '#app/users'
import { row, rows, sql, transaction, type Transaction } from '#core/database'
import { DomainError, edit, InvalidFields, objects, readMerged } from '#core/objects'
import { emptied } from '#tests/support/emptied'
import { a, aReceipt, aUser, anEmail, idOf, nobody } from '#tests/support/people'
import { personsBroken } from '#tests/support/persons_hold'
import { askAsServer } from '#tests/support/shop'
import { callingSources } from '#tests/support/sources'
import { makeKey } from '../../app/core/access/api_keys/api_key.js'
import { columns, imported } from '../core/imports/imported.js'

const ROUNDS = 4

/** All at once, each on a connection of its own; what a rule refuses is its answer. */
async function atOnce(...doings: (() => Promise<unknown>)[]) {
  return Promise.all(
    doings.map(async (act) => {
      await new Promise((later) => setTimeout(later, Math.random() * 6))
      return act().catch((error) => {
        if (error instanceof DomainError || error instanceof InvalidFields) return error
        throw error
      })
    })
  )
}

const merging = (from: number, into: number) => () => merge({ from, into }, nobody)
const inOne = (act: (trx: Transaction) => Promise<unknown>) => () => transaction(act)
const refused = (answers: unknown[]) => answers.filter((answer) => answer instanceof Error)
const valuesOf = async (id: number) => (await rows<{ value: string }>(sql`select value from user_identifiers where user_id = ${id} order by value`)).map(({ value }) => value)

test.group('L Merges at the same moment as everything else', (group) => {
  emptied(group)
  callingSources(group)
  group.teardown(() => readMerged(objects.get('user')))

  test('of two that merge the same pair each way one is done', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const [one, two] = [await aUser(), await aUser()]
      await anEmail(one)
      await anEmail(two)
      const answers = await atOnce(merging(one, two), merging(two, one))
      assert.lengthOf(refused(answers), 1)
      assert.instanceOf(refused(answers)[0], CannotMerge)
    }
    assert.deepEqual(await personsBroken(), [])
  })

  test('chains and stars of merges end with everybody leading to somebody who is there', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const [one, two, three, four] = [await aUser(), await aUser(), await aUser(), await aUser()]
      for (const user of [one, two, three, four]) await anEmail(user)
      await atOnce(merging(one, two), merging(two, three), merging(three, one), merging(four, two), merging(three, four))
    }
    assert.deepEqual(await personsBroken(), [])
  })

  test('an identifier that is claimed, confirmed or brought by a file meanwhile is the person’s', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const [from, into] = [await aUser(), await aUser()]
      await anEmail(from)
      await anEmail(into)
      await transaction((trx) => edit(objects.get('user'), from, { externalId: `file-${from}` }, nobody, trx))
      const waiting = await transaction((trx) => claimIdentifier({ userId: from, type: 'email', value: `waits${from}@example.com` }, trx))
      const answers = await atOnce(
        merging(from, into),
        inOne((trx) => claimIdentifier({ userId: from, type: 'phone', value: `+79160${100000 + from}`, confirmed: true }, trx)),
        inOne((trx) => confirmIdentifier(waiting.id, trx)),
        () => imported('user', `externalId,card\nfile-${from},C${from}\n`, { fields: columns('externalId', 'card') }),
        () => a('identifier', { user: from, type: 'plate', value: `A${from}BC`, confirmed: true })
      )
      assert.isEmpty(refused(answers))
      assert.includeMembers(await valuesOf(into), [`+79160${100000 + from}`, `C${from}`, `A${from}BC`, `waits${from}@example.com`])
      assert.equal(await ownerOf('card', `C${from}`), into)
    }
    assert.deepEqual(await personsBroken(), [])
  })

  test('one address that both of a pair and a stranger claim has one owner', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const [from, into, stranger] = [await aUser(), await aUser(), await aUser()]
      const value = `wanted${from}@example.com`
      await atOnce(
        merging(from, into),
        ...[from, into, stranger].map((userId) => inOne((trx) => claimIdentifier({ userId, type: 'email', value, confirmed: true }, trx)))
      )
      assert.lengthOf(await rows(sql`select from identifier_owners where value = ${value}`), 1)
      assert.lengthOf(await rows(sql`select from user_identifiers where value = ${value} and active`), 1)
    }
    assert.deepEqual(await personsBroken(), [])
  })

  test('M-10 a no that is said while two are merged is the person’s, whoever of them said it', async ({ assert }) => {
    const news = await idOf('unsubscribe_category', 'news')
    for (let round = 0; round < ROUNDS; round++) {
      const [from, into] = [await aUser(), await aUser()]
      await atOnce(
        merging(from, into),
        () => recordConsent({ userId: from, kind: 'communication', value: false }, { source: 'one_click' }),
        () => unsubscribe({ userId: from, channelId: null, categoryId: news }, { source: 'one_click' }),
        () => setRegime(from, 'only', { source: 'preferences' })
      )
      const person = await row(
        sql`select communication_agree as agrees, communication_regime as regime,
            (select count(*) from user_unsubscribes x where x.user_id = u.id) as "left" from users u where id = ${into}`
      )
      assert.deepEqual(person, { agrees: false, regime: 'only', left: 1 })
    }
    assert.deepEqual(await personsBroken(), [])
  })

  test('labels and values that are written meanwhile are not lost', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const [from, into] = [await aUser({ surname: 'Old' }), await aUser()]
      await atOnce(
        merging(from, into),
        inOne((trx) => setLabels(from, [`of ${from}`], { source: 'site' }, trx)),
        inOne((trx) => edit(objects.get('user'), into, { givenName: 'Anna' }, nobody, trx))
      )
      const person = await row(
        sql`select surname, given_name as "givenName", (select count(*) from user_labels l where l.user_id = u.id) as labels from users u where id = ${into}`
      )
      assert.deepEqual(person, { surname: 'Old', givenName: 'Anna', labels: 1 })
    }
  })

  test('an undoing that meets another one, a further merge or a new address is done whole or refused', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const [from, into, third] = [await aUser(), await aUser(), await aUser()]
      for (const user of [from, into, third]) await anEmail(user)
      const id = await merge({ from, into }, nobody)
      const answers = await atOnce(
        () => undoMerge(id, nobody),
        () => undoMerge(id, nobody),
        merging(into, third),
        inOne((trx) => claimIdentifier({ userId: from, type: 'email', value: `late${from}@example.com`, confirmed: true }, trx))
      )
      for (const error of refused(answers)) {
        assert.isTrue([MergeUndone, MergedFurther, ChangedSinceMerge, CannotMerge].some((kind) => error instanceof kind), String(error))
      }
    }
    assert.deepEqual(await personsBroken(), [])
  })

  test('after receipts, labels, events, words and addresses of the time between, the two are two again and nothing is lost', async ({ assert }) => {
    const news = await idOf('unsubscribe_category', 'news')
    const [from, into] = [await aUser({ surname: 'From' }), await aUser({ surname: 'Into' })]
    await anEmail(from)
    await anEmail(into)
    await aReceipt(from, { total: 100 })
    const id = await merge({ from, into, taken: ['surname'] }, nobody)
    await readMerged(objects.get('user'))
    await aReceipt(into, { total: 23 })
    await transaction((trx) => setLabels(from, ['between'], { source: 'site' }, trx))
    await unsubscribe({ userId: from, channelId: null, categoryId: news }, { source: 'one_click' })
    await transaction((trx) => claimIdentifier({ userId: from, type: 'phone', value: '+79161112233', confirmed: true }, trx))
    await undoMerge(id, nobody)

    assert.equal(await canonicalUser(from), from)
    const people = await rows(
      sql`select u.surname, coalesce(s.receipts_total, 0) as total, (select count(*) from user_unsubscribes x where x.user_id = u.id) as "left",
          (select count(*) from user_labels l where l.user_id = u.id) as labels, (select count(*) from user_identifiers i where i.user_id = u.id) as addresses
        from users u left join user_stats s on s.user_id = u.id where u.id in (${from}, ${into}) order by u.id`
    )
    assert.deepEqual(people, [
      { surname: 'From', total: 100, left: 1, labels: 0, addresses: 1 },
      { surname: 'Into', total: 23, left: 1, labels: 1, addresses: 2 },
    ])
    assert.deepEqual(await personsBroken(), [])
  })

  test('batches that change the same customers in any order follow each other, and what they say is written for who they are', async ({ assert, client }) => {
    const { written } = await makeKey({ name: 'CRM', scopes: ['user:create', 'user:edit', 'user:personal'], networks: null, expiresAt: null }, nobody)
    const say = (said: object[]) => async () => {
      const answer = await client.post('/api/v1/objects/user/batch').header('authorization', `Bearer ${written}`).json({ key: 'externalId', rows: said })
      assert.deepInclude(answer.body().counts, { created: 0, refused: 0 })
    }
    for (let round = 0; round < ROUNDS; round++) {
      const people: number[] = []
      for (let one = 0; one < 12; one++) people.push(await aUser({ externalId: `crm-${round}-${one}` }))
      const [from, into] = [people[5], await aUser()]
      const each = (values: object) => people.map((_, one) => ({ externalId: `crm-${round}-${one}`, ...values }))
      await atOnce(
        say(each({ surname: 'One', locale: 'en' })),
        say(each({ surname: 'Two' }).reverse()),
        say([...each({ givenName: 'Anna' }).slice(6), ...each({ givenName: 'Anna' }).slice(0, 6)]),
        merging(from, into)
      )
      for (const id of people.map((one) => (one === from ? into : one))) {
        const person = (await row<{ surname: string; name: string; locale: string }>(sql`select surname, given_name as name, locale from users where id = ${id}`))!
        assert.deepEqual([person.name, person.locale], ['Anna', 'en'])
        assert.equal(await surnamesTold(id), person.surname)
      }
    }
    assert.deepEqual(await personsBroken(), [])
  })

  test('what a customer edits at a site while they are merged is written for who they are', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const [from, into] = [await aUser(), await aUser()]
      await atOnce(merging(from, into), () => askAsServer('user/edit', { givenName: `Edited ${from}` }, from))
      const { name } = (await row<{ name: string }>(sql`select given_name as name from users where id = ${into}`))!
      assert.equal(name, `Edited ${from}`)
    }
  })
})

/** The last surname that the history tells, where each change begins with what the one before it left. */
async function surnamesTold(id: number) {
  const changes = await rows<{ before: string | null; after: string }>(
    sql`select changes -> 'before' ->> 'surname' as before, changes -> 'after' ->> 'surname' as after from audit_log
      where object = 'user' and record_id = ${id} and action = 'edit' and changes -> 'after' ? 'surname' order by audit_log.id`
  )
  const broken = changes.filter(({ before }, index) => before !== (changes[index - 1]?.after ?? null))
  return broken.length ? `broken: ${JSON.stringify(changes)}` : changes.at(-1)?.after
}
