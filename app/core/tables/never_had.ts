import { freeName } from '#core/attributes'
import { rows, sql, type Transaction } from '#core/database'

/**
 * The name of the object of a new table: one that no table ever had, or the history of the one before it, and whatever else remembers
 * rows by the name of their object, would be the history of this one.
 */
export async function neverHad(tableName: string, trx: Transaction): Promise<string> {
  const had = await rows<{ name: string }>(
    sql`select name from custom_tables
      union select changes #>> '{before,name}' from audit_log where object = 'custom_table' and action = 'delete'`,
    trx
  )
  return freeName(`custom_${tableName}`, (name) => had.some((one) => one.name === name))
}
