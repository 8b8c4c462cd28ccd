import { readFile, writeFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { rows, sql } from '#core/database'
import { objects } from '#core/objects'
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

/** What may name somebody or be about them: numbers, moments and yes or no are facts of whoever has the id. */
const wordy = sql`
  select c.relname as "table", a.attname as "column"
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and format_type(a.atttypid, null) not in (
      'bigint', 'integer', 'smallint', 'boolean', 'numeric', 'double precision', 'real', 'timestamp with time zone', 'interval', 'uuid'
    )
  order by 1, 2`

interface Column {
  table: string
  column: string
}

/** Text columns of tables without customers that were looked at: nobody of them is named there. */
const REVIEWED = app.makePath('tests/users/columns_of_nobody.txt')

test.group('What is known of customers', () => {
  test('M-09 every table with a customer says what an erasure leaves of it', async ({ assert }) => {
    const found = await rows<Column>(customers)
    assert.isAbove(found.length, 10)
    const silent = found.map(({ table }) => table).filter((table) => !personal.table(table) && !others.includes(table))
    assert.deepEqual([...new Set(silent)], [], 'declare them in `personal` of their section (app/core/personal/README.md)')
  })

  test('M-09 every column of such a table that may name somebody is emptied, deleted, or said to be impersonal', async ({ assert }) => {
    const struck = personal.traces()
    const silent = (await rows<Column>(wordy)).filter(({ table, column }) => {
      if (struck.some((one) => one.table === table && one.columns.includes(column))) return false
      const declared = personal.table(table)
      if (!declared || (declared.erasure === 'deleted' && !declared.spared)) return false
      const emptied = typeof declared.erasure === 'string' ? [] : Object.keys(declared.erasure)
      return ![...emptied, ...fieldsOf(table), ...(declared.impersonal ?? [])].includes(column)
    })
    assert.deepEqual(silent.map(({ table, column }) => `${table}.${column}`), [], 'empty it in `erasure`, or say in `impersonal` that it names nobody')
  })

  test('M-09 every other column that may quote somebody is struck through, or was looked at', async ({ assert }) => {
    const struck = personal.traces().flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
    const found = (await rows<Column>(wordy)).filter(({ table }) => !personal.table(table)).map(({ table, column }) => `${table}.${column}`)
    const open = found.filter((name) => !struck.includes(name))
    if (process.env.WRITE_COLUMNS) {
      await writeFile(REVIEWED, `${HEAD}${open.join('\n')}\n`)
      assert.fail('The list is written; read the difference, and run again without WRITE_COLUMNS')
    }
    const reviewed = (await readFile(REVIEWED, 'utf8')).split('\n').filter((line) => line && !line.startsWith('#'))
    assert.deepEqual(open.filter((name) => !reviewed.includes(name)), [], 'name it in `traces` or `leavings`, or, where it can quote no customer, in the list')
    assert.deepEqual(reviewed.filter((name) => !open.includes(name)), [], 'the list names columns that are no more, or are struck through')
  })

  test('what is declared is there: tables, customers, columns', async ({ assert }) => {
    const present = await rows<{ name: string }>(
      sql`select attrelid::regclass || '.' || attname as name from pg_attribute where attnum > 0 and not attisdropped`
    )
    const names = new Set(present.map(({ name }) => name))
    const declared = personal.tables().flatMap(({ table, customer, erasure, hidden = [], impersonal = [] }) => {
      const columns = typeof erasure === 'string' ? [] : Object.keys(erasure)
      return [customer, ...columns, ...hidden, ...impersonal].map((column) => `${table}.${column}`)
    })
    const traces = personal.traces().flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
    assert.deepEqual([...declared, ...traces].filter((name) => !names.has(name)), [])
  })
})

const HEAD = `# Columns with text, dates or data in tables without customers. Each was looked at: it quotes no customer, or goes with the rows that
# \`leavings\` delete (files, letters, the stop list). A new one fails the build: look at it, then \`WRITE_COLUMNS=1\`.
`

/** Fields that an erasure empties by their declaration. */
const fieldsOf = (table: string) =>
  [...(objects.all().find((one) => one.table === table)?.fields.values() ?? [])].filter((field) => field.personal && !field.sql).map(({ column }) => column)
