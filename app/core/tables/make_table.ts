import { columnOf, keyedObjects, patiently } from '#core/attributes'
import { execute, identifier, join, sql, type Sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { type TablePlan } from './plan.js'
import { markIndexed, register, type RegisteredField } from './register.js'

/** Makes a new table in the schema `custom`, each field with a column and an index of its own. Throws `InvalidFields`, `TableBusy`. */
export async function makeTable(plan: TablePlan, actor: Actor, trx: Transaction) {
  const registered = await register(plan, { origin: 'made' }, () => false, actor, trx)
  const { tableName, fields } = registered
  const table = identifier('custom', tableName)
  const keyed = await keyedObjects(trx)
  const indexed = fields.filter(({ type }) => type !== 'longText')

  await patiently(trx, async () => {
    await execute(
      sql`create table ${table} (${join([...standard, ...fields.map((field) => columnOf(field, keyed))])})`,
      trx
    )
    await execute(sql`create index on ${table} (created_at, id)`, trx)
    for (const field of indexed) {
      await execute(sql`create index ${identifier(`attribute_${field.id}_index`)} on ${table} (${identifier(field.columnName)}, id)`, trx)
    }
    for (const { columnName } of fields.filter(({ tellsApart }) => tellsApart)) {
      await execute(sql`create unique index on ${table} (${identifier(columnName)}) where deleted_at is null`, trx)
    }
    await searchByTitle(table, fields.find(({ name }) => name === plan.titleField), trx)
  })
  await markIndexed(indexed.map(({ id }) => id), trx)
  return registered
}

const standard: Sql[] = [
  sql`id bigint generated always as identity primary key`,
  sql`created_at timestamptz not null default now()`,
  sql`updated_at timestamptz not null default now()`,
  sql`deleted_at timestamptz`,
]

/** The quick search of the list looks for parts of the title. */
async function searchByTitle(table: Sql, title: RegisteredField | undefined, trx: Transaction) {
  if (title?.type !== 'text') return
  await execute(sql`create index on ${table} using gin (lower(${identifier(title.columnName)}) gin_trgm_ops)`, trx)
}
