import { rows, sql, type Transaction } from '#core/database'
import { objects } from '#core/objects'

/** Names of objects that a foreign key may point at: tables, not views, whose `id` is unique by itself. */
export async function keyedObjects(trx?: Transaction): Promise<Set<string>> {
  const tables = objects.all().map(({ table }) => table)
  const keyed = await rows<{ table: string }>(
    sql`select asked.table
      from unnest(${tables}::text[]) as asked("table")
      join pg_index i on i.indrelid = to_regclass(asked.table) and i.indisunique and i.indisvalid and i.indpred is null and i.indnkeyatts = 1
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attname = 'id'`,
    trx
  )
  const known = new Set(keyed.map(({ table }) => table))
  return new Set(objects.all().filter(({ table }) => known.has(table)).map(({ name }) => name))
}
