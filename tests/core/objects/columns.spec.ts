import { test } from '@japa/runner'
import { rows, sql } from '#core/database'
import { objects } from '#core/objects'

/** What PostgreSQL turns into each other when one is written into a column of the other. */
const alike: Record<string, string[]> = { bigint: ['integer', 'smallint'] }

/** Only shown. */
const neverWritten = ['webhook_messages.event_key']

test('what an object writes into a column is of its type', async ({ assert }) => {
  const columns = await rows<{ place: string; type: string }>(
    sql`select format('%s.%s', a.attrelid::regclass, a.attname) as place, format_type(a.atttypid, null) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'v', 'p') and a.attnum > 0 and not a.attisdropped`
  )
  const typeAt = new Map(columns.map(({ place, type }) => [place, type.replace('timestamp with time zone', 'timestamptz')]))
  const written = objects.all().flatMap(({ table, fields }) =>
    [...fields.values()].filter(({ sql: computed, attribute }) => !computed && !attribute).map((field) => ({ ...field, type: field.type, place: `${table}.${field.column}` }))
  )
  const wrong = written.filter(({ place, type: { sqlType } }) => {
    const there = typeAt.get(place)
    return !neverWritten.includes(place) && there && there !== sqlType && !alike[sqlType]?.includes(there)
  })
  assert.isAbove(written.filter(({ place }) => typeAt.has(place)).length, 100)
  assert.deepEqual(wrong.map(({ place, type: { sqlType } }) => `${place}: ${typeAt.get(place)}, not ${sqlType}`), [])
})
