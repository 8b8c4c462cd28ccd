import { test } from '@japa/runner'
import { execute, rows, sql } from '#core/database'
import { compile, type Group } from '#core/filters'
import { objects } from '#core/objects'
import { rolledBack } from '#tests/support/rolled_back'

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
})
