import { test } from '@japa/runner'
import { rows, sql } from '#core/database'
import { personal } from '#core/personal'

/** Columns that hold the id of a customer, by their names and by their foreign keys. */
const customers = sql`
  select distinct c.relname as "table", a.attname as "column"
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
    and (a.attname in ('user_id', 'customer_id', 'member_id') or exists (
      select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'users'::regclass and a.attnum = any(k.conkey)
    ))`

/** Of staff, by the framework. */
const others = ['sessions']

test.group('What is known of customers', () => {
  test('M-09 every table with a customer says what an erasure leaves of it', async ({ assert }) => {
    const found = await rows<{ table: string; column: string }>(customers)
    assert.isAbove(found.length, 10)
    const silent = found.map(({ table }) => table).filter((table) => !personal.table(table) && !others.includes(table))
    assert.deepEqual([...new Set(silent)], [], 'declare them in `personal` of their section (app/core/personal/README.md)')
  })

  test('what is declared is there: tables, customers, columns', async ({ assert }) => {
    const present = await rows<{ name: string }>(
      sql`select attrelid::regclass || '.' || attname as name from pg_attribute where attnum > 0 and not attisdropped`
    )
    const names = new Set(present.map(({ name }) => name))
    const declared = personal.tables().flatMap(({ table, customer, erasure, hidden = [] }) => {
      const columns = typeof erasure === 'string' ? [] : Object.keys(erasure)
      return [customer, ...columns, ...hidden].map((column) => `${table}.${column}`)
    })
    const traces = personal.traces().flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
    assert.deepEqual([...declared, ...traces].filter((name) => !names.has(name)), [])
  })
})
