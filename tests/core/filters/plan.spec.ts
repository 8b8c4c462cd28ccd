import { test } from '@japa/runner'
import { execute, rows, sql } from '#core/database'
import { compile, type Group } from '#core/filters'
import { readerWith } from '#core/http'
import { objects, select } from '#core/objects'
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
})
