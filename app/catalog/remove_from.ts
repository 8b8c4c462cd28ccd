import { execute, identifier, sql, type Transaction } from '#core/database'

/** Deletes a row of a reference table; PostgreSQL keeps one that others point at. */
export const removeFrom = (table: string) => async (id: number, trx: Transaction) => {
  await execute(sql`delete from ${identifier(table)} where id = ${id}`, trx)
}
