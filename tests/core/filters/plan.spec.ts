import { test } from '@japa/runner'
import { execute, rows, sql, type Sql } from '#core/database'
import { compile, type FilterNode, type Group } from '#core/filters'
import { readerWith } from '#core/http'
import { objects, readMerged, select } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'

const reader = readerWith({ locale: 'ru', timezone: 'UTC' }, { knows: () => true, reads: () => true })

const planOf = async (operator: string, value: string) => {
  const filter: Group = { logic: 'and', of: [{ field: 'surname', operator, value: [value] }] }
  const where = compile(filter, objects.get('user'), { timezone: 'UTC' })
  const found = await rows<{ 'QUERY PLAN': string }>(sql`explain select t.id from users t where ${where}`)
  return found.map((line) => line['QUERY PLAN']).join('\n')
}

test.group('Plans of filters', (group) => {
  rolledBack(group)
  group.each.setup(async () => {
    await execute(sql`set local enable_seqscan = off`)
  })

  test('a part of a surname is found by the index of whole names', async ({ assert }) => {
    assert.match(await planOf('contains', 'ванов'), /Index Scan on users_\w*trigrams/)
    assert.match(await planOf('contains', 'Ёлкин'), /Index Scan on users_\w*trigrams/)
    assert.match(await planOf('startsWith', 'Иван'), /Index Scan on users_\w*trigrams/)
  })

  test('two letters and a negation ask no index that cannot help them', async ({ assert }) => {
    assert.notMatch(await planOf('contains', 'ов'), /trigrams/)
    assert.notMatch(await planOf('notContains', 'ванов'), /trigrams/)
  })

  test('people of one surname stand newest first without being sorted', async ({ assert }) => {
    /** A few rows are sorted as quickly as read in order; a million are not. */
    await execute(sql`insert into users (surname) select case when n % 100 = 0 then 'Иванов' else 'Петров' || n end from generate_series(1, 3000) n`)
    await execute(sql`analyze users`)
    await execute(sql`set local enable_sort = off`)
    await execute(sql`set local enable_bitmapscan = off`)
    const user = objects.get('user')
    const where = compile({ logic: 'and', of: [{ field: 'surname', operator: 'equal', value: ['Иванов'] }] }, user, { timezone: 'UTC' })
    const statement = select(user, { reader, columns: ['surname'], where, sort: '-createdAt', limit: 50 })
    const plan = await rows<{ 'QUERY PLAN': string }>(sql`explain ${statement}`)
    const words = plan.map((line) => line['QUERY PLAN']).join('\n')
    assert.include(words, 'users_surname_created_at_index')
    assert.notInclude(words, 'Sort')
  })

  test('where somebody was merged, indexes lead from people to their facts and from facts to people', async ({ assert }) => {
    await execute(sql`insert into users (surname) select 'Merged' from generate_series(1, 3000)`)
    await execute(sql`insert into receipts (user_id, number, issued_at, total) select id, 'plan', now(), id from users where surname = 'Merged'`)
    await execute(
      sql`update users set deleted_at = now(), merged_into_id = id - 1, canonical_id = id - 1
        where id = (select max(id) from users where surname = 'Merged')`
    )
    await execute(sql`analyze users`)
    await execute(sql`analyze receipts`)
    await readMerged(objects.get('user'))
    const buyers = (field: string, operator: string, value: string) => {
      const relation: FilterNode = { relation: 'receipts', operator: 'exists', where: { logic: 'and', of: [{ field, operator, value: [value] }] } }
      return compile({ logic: 'and', of: [relation] }, objects.get('user'), { timezone: 'UTC' })
    }
    const planned = async (statement: Sql) => (await rows<{ 'QUERY PLAN': string }>(sql`explain ${statement}`)).map((line) => line['QUERY PLAN']).join('\n')

    const page = await planned(sql`select t.id from users t where ${buyers('issuedAt', 'lastDays', '7')} order by t.id limit 50`)
    assert.match(page, /Index Only Scan using users_person_index/)
    const few = await planned(sql`select t.id from users t where ${buyers('total', 'equal', '0.07')}`)
    assert.match(few, /receipts_total_index/)
    assert.notMatch(page + few, /SubPlan/)
  }).teardown(() => readMerged(objects.get('user')))
})
