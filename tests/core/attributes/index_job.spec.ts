import { test } from '@japa/runner'
import { execute, identifier, raw, row, rows, sql, transaction } from '#core/database'
import { compile } from '#core/filters'
import { jobs, runNow } from '#core/jobs'
import { changeObjects, objects, readChanges, select } from '#core/objects'
import { reader } from '#tests/bench/reader'
import { emptied } from '#tests/support/emptied'
import { a, nobody } from '#tests/support/people'
import { buildMissing } from '../../../app/core/attributes/build_missing.js'

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
    const texts = ['text', 'longText'].map((type) => `'words${type}', translate(md5(n::text), '0123456789abcdef', 'АбвгДеёжзийклмно') || ' улица'`)
    const pairs = [...Object.entries(types).map(([type, { value }]) => `'a${type}', ${value}`), ...texts]
    await execute(
      sql`insert into users (external_id, attributes)
        select 'p' || n, jsonb_build_object(${raw(pairs.join(', '))}) from generate_series(1, ${PEOPLE}::integer) n`
    )
  })

  test('of a text serves a search for a part of it, whatever its case and its letter ё: {$self}')
    .with(['text', 'longText'])
    .run(async ({ assert }, type) => {
      const name = `words${type}`
      const [{ id }] = await rows<{ id: number }>(
        sql`insert into attributes (object, name, label, type) values ('user', ${name}, ${name}, ${type}) returning id`
      )
      await transaction(changeObjects)
      await build(id)
      await readChanges()
      const { words } = (await row<{ words: string }>(sql`select left(attributes ->> ${name}, 7) as words from users order by id limit 1`))!
      for (const [operator, part] of [['contains', words.toUpperCase()], ['contains', words.replaceAll('ё', 'е')], ['startsWith', words]]) {
        const where = compile({ logic: 'and', of: [{ field: name, operator, value: [part] }] }, user(), { timezone: 'UTC' })
        assert.include(await planOf(select(user(), { reader, columns: ['id'], where, limit: 1000 })), `attribute_${id}_words_index`, `${operator} ${part}`)
        assert.isNotEmpty(await rows(select(user(), { reader, columns: ['id'], where, limit: 1000 })))
      }
    })

  test('of a text in a table of its own does so too', async ({ assert, cleanup }) => {
    const { makeTable } = await import('#core/tables')
    const field = { label: 'Street', labelEn: null, choices: null, target: null, required: false, personal: false, tellsApart: false, from: null }
    const plan = { one: 'Way', many: 'Ways', oneEn: null, manyEn: null, path: 'ways', menuGroup: 'database' as const, titleField: null }
    await transaction((trx) => makeTable({ ...plan, fields: [{ ...field, name: 'street', type: 'text' }] }, nobody, trx))
    cleanup(async () => void (await execute(sql`drop table custom.ways`)))
    await execute(sql`insert into custom.ways (street) select translate(md5(n::text), '0123456789abcdef', 'АбвгДеёжзийклмно') from generate_series(1, ${PEOPLE}::integer) n`)
    await execute(sql`analyze custom.ways`)
    await readChanges()
    const ways = objects.get('custom_ways')
    const where = compile({ logic: 'and', of: [{ field: 'street', operator: 'contains', value: ['жзийк'] }] }, ways, { timezone: 'UTC' })
    assert.match(await planOf(select(ways, { reader, columns: ['id'], where })), /attribute_\d+_words_index/)
  })

  test('that a release before did not make is made at the next start', async ({ assert }) => {
    const id = await a('attribute', { object: 'good', name: 'late', label: 'late', type: 'text' })
    await execute(sql`update job_runs set state = 'done'`)
    const runs = () => rows(sql`select from job_runs where job = 'attributes.index' and state = 'waiting' and payload = ${JSON.stringify({ attributeId: id })}::jsonb`)
    await buildMissing()
    assert.lengthOf(await runs(), 1)
    await buildMissing()
    assert.lengthOf(await runs(), 1, 'its run is under way')
    await execute(sql`update job_runs set state = 'done'`)
    await build(id)
    await buildMissing()
    assert.lengthOf(await runs(), 0)
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
