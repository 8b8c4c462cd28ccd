import { columnOf, indexesOf, keyedObjects, patiently } from '#core/attributes'
import { execute, identifier, join, sql, type Sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { type TablePlan } from './plan.js'
import { markIndexed, register } from './register.js'

/** Makes a new table in the schema `custom`, each field with a column and indexes of its own. Throws `InvalidFields`, `TableBusy`. */
export async function makeTable(plan: TablePlan, actor: Actor, trx: Transaction) {
  const registered = await register(plan, { origin: 'made' }, undefined, actor, trx)
  const { tableName, fields } = registered
  const table = identifier('custom', tableName)
  const keyed = await keyedObjects(trx)

  await patiently(trx, async () => {
    await execute(
      sql`create table ${table} (${join([...standard, ...fields.map((field) => columnOf(field, keyed))])})`,
      trx
    )
    await execute(sql`create index on ${table} (created_at, id)`, trx)
    for (const index of fields.flatMap((field) => indexesOf(field, `custom.${tableName}`))) {
      await execute(sql`create index ${index.definition}`, trx)
    }
    for (const { columnName } of fields.filter(({ tellsApart }) => tellsApart)) {
      await execute(sql`create unique index on ${table} (${identifier(columnName)}) where deleted_at is null`, trx)
    }
  })
  await markIndexed(fields.map(({ id }) => id), trx)
  return registered
}

const standard: Sql[] = [
  sql`id bigint generated always as identity primary key`,
  sql`created_at timestamptz not null default now()`,
  sql`updated_at timestamptz not null default now()`,
  sql`deleted_at timestamptz`,
]
