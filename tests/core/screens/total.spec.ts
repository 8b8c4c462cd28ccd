import { test } from '@japa/runner'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from '#core/database'
import { defineObject } from '#core/objects'
import { forgetTotals, totalOf, type Counted } from '../../../app/core/screens/list/total.js'

/** A table of PostgreSQL's own: it has thousands of rows at any time. */
const columns = defineObject({ name: 'test_column', table: 'pg_attribute', fields: {}, rights: {} })

test.group('Total count', (group) => {
  group.each.setup(() => forgetTotals(columns))

  test('is exact where that is quick', async ({ assert }) => {
    const total = await totalOf(counted(sql`t.attrelid = 'pg_class'::regclass and t.attnum > 0`))
    assert.containSubset(total, { kind: 'exact', counting: false })
    assert.isAbove(total.count, 20)
  })

  test('is kept for a while, each question by itself, until something is written', async ({ assert }) => {
    const first = await totalOf(counted(sql`t.attnum = 1`, 'one'))
    assert.deepEqual(await totalOf(counted(sql`false`, 'one')), first)
    assert.equal((await totalOf(counted(sql`false`, 'two'))).count, 0)
    forgetTotals(columns)
    assert.equal((await totalOf(counted(sql`false`, 'one'))).count, 0)
  })

  test('is not known while even a bound takes long, and exact soon after', async ({ assert }) => {
    const slow = counted(sql`(t.attnum > 0 or true) and pg_sleep(0.0003) is not null`, 'slow')
    const startedAt = Date.now()
    const rough = await totalOf(slow)
    assert.containSubset(rough, { kind: 'unknown', counting: true })
    assert.isBelow(Date.now() - startedAt, 5000)

    const exact = await settled(slow)
    assert.containSubset(exact, { kind: 'exact', counting: false })
    assert.isAbove(exact.count, 1000)
  }).timeout(60_000)
})

function counted(where: Counted['where'], question = 'all of them'): Counted {
  return { object: columns, where, question, all: false }
}

async function settled(question: Counted) {
  for (;;) {
    const total = await totalOf(question)
    if (!total.counting) return total
    await pause(200)
  }
}
