import { test } from '@japa/runner'
import { execute, identifier, raw, row, rows, sql } from '#core/database'
import { compile } from '#core/filters'
import { jobs, runNow } from '#core/jobs'
import { objects, readChanges, select } from '#core/objects'
import { reader } from '#tests/bench/reader'
import { emptied } from '#tests/support/emptied'
import { a, nobody } from '#tests/support/people'

const PEOPLE = 20_000
const user = () => objects.get('user')

/** What each type holds in row `n`, as JSON keeps it, and a filter that few rows meet. */
const types: Record<string, { value: string; ask: { operator: string; value: string[] } }> = {
  text: { value: `'w' || n`, ask: { operator: 'equal', value: ['w77'] } },
  integer: { value: 'n', ask: { operator: 'between', value: ['100', '110'] } },
  decimal: { value: `(n / 10.0)::text`, ask: { operator: 'equal', value: ['7.7'] } },
  money: { value: 'n * 100', ask: { operator: 'atMost', value: ['5'] } },
  date: { value: `('2000-01-01'::date + n)::text`, ask: { operator: 'equal', value: ['2000-03-01'] } },
  datetime: { value: `('2000-01-01T00:00Z'::timestamptz + n * interval '1 hour')`, ask: { operator: 'equal', value: ['2000-01-09'] } },
  flag: { value: 'n % 1000 = 0', ask: { operator: 'equal', value: ['1'] } },
  choice: { value: `case when n % 1000 = 0 then 'a' else 'b' end`, ask: { operator: 'equal', value: ['a'] } },
  reference: { value: 'n', ask: { operator: 'equal', value: ['77'] } },
}

test.group('The index of an attribute', (group) => {
  emptied(group)
  group.teardown(readChanges)

  const ids = new Map<string, number>()

  group.setup(async () => {
    for (const type of Object.keys(types)) {
      ids.set(type, await a('attribute', { object: 'user', name: `a${type}`, label: type, type, ...extra[type] }))
    }
    const pairs = Object.entries(types).map(([type, { value }]) => `'a${type}', ${value}`)
    await execute(
      sql`insert into users (external_id, attributes)
        select 'p' || n, jsonb_build_object(${raw(pairs.join(', '))}) from generate_series(1, ${PEOPLE}::integer) n`
    )
  })

  const build = (attributeId: number) => runNow(jobs.get('attributes.index'), { attributeId }, { actor: nobody, title: 'index' })

  test('serves a filter and a sort by {$self}')
    .with(Object.keys(types))
    .run(async ({ assert }, type) => {
      const id = ids.get(type)!
      await build(id)
      await readChanges()
      const field = `a${type}`
      const where = compile({ logic: 'and', of: [{ field, ...types[type].ask }] }, user(), { timezone: 'UTC' })
      const filtered = await planOf(select(user(), { reader, columns: ['id'], where, sort: 'id', limit: 1000 }))
      assert.include(filtered, `attribute_${id}_index`, 'the filter')
      for (const sort of [field, `-${field}`]) {
        const sorted = await planOf(select(user(), { reader, columns: ['id'], sort, limit: 20 }))
        assert.include(sorted, `attribute_${id}_index`, sort)
        assert.notInclude(sorted, 'Sort', sort)
      }
      assert.isTrue(objects.field(user(), field).sortable)
    })

  test('is built anew where a try was cut short', async ({ assert }) => {
    const id = await a('attribute', { object: 'user', name: 'half', label: 'half', type: 'integer' })
    const broken = execute(sql`create unique index concurrently ${identifier(`attribute_${id}_index`)} on users ((1))`)
    await assert.rejects(() => broken, /could not create unique index/)
    await build(id)
    const state = await row(sql`select indisvalid as valid from pg_index where indexrelid = ${`attribute_${id}_index`}::regclass`)
    assert.deepEqual(state, { valid: true })
  })
})

const extra: Record<string, object> = { choice: { choices: 'a = A\nb = B' }, reference: { target: 'outlet' } }

async function planOf(statement: Parameters<typeof rows>[0]) {
  const lines = await rows<{ 'QUERY PLAN': string }>(sql`explain ${statement}`)
  return lines.map((line) => line['QUERY PLAN']).join('\n')
}
