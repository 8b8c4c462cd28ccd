import { execute, identifier, raw, rows, sql, type Transaction } from '#core/database'
import { timed } from '../race.js'
import { note } from '../report.js'

interface Kept {
  table: string
  name: string
  definition: string
}

/** Takes indexes and keys away while rows are loaded and makes them at the end, sorted at once instead of row by row. */
export async function withoutIndexes(tables: string[], trx: Transaction, work: () => Promise<void>) {
  const constraints = await constraintsOf(tables, trx)
  for (const { table, name } of constraints) {
    await execute(sql`alter table ${identifier(table)} drop constraint ${identifier(name)}`, trx)
  }
  const indexes = await indexesOf(tables, trx)
  for (const { name } of indexes) await execute(sql`drop index ${identifier(name)}`, trx)

  await work()

  const milliseconds = await timed(async () => {
    for (const { definition } of indexes) await execute(raw(definition), trx)
    for (const { table, name, definition } of constraints.reverse()) {
      await execute(sql`alter table ${identifier(table)} add constraint ${identifier(name)} ${raw(definition)}`, trx)
    }
  })
  note(`  indexes and keys: ${Math.round(milliseconds / 1000)} s`)
}

/** Foreign keys first, so that nothing points at a key that goes. */
async function constraintsOf(tables: string[], trx: Transaction) {
  return rows<Kept>(
    sql`select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint
      where contype in ('f', 'u', 'p') and conparentid = 0
        and (conrelid = any(${tables}::text[]::regclass[]) or confrelid = any(${tables}::text[]::regclass[]))
      order by array_position(array['f', 'u', 'p'], contype::text), oid`,
    trx
  )
}

async function indexesOf(tables: string[], trx: Transaction) {
  return rows<Kept>(
    sql`select tablename as table, indexname as name, indexdef as definition from pg_indexes
      where schemaname = 'public' and tablename = any(${tables}) order by tablename, indexname`,
    trx
  )
}
