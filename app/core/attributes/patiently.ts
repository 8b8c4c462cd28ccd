import { execute, sql, type Transaction } from '#core/database'
import { DomainError } from '#core/objects'

/** Somebody works on the table at length: an import, a recount, another administrator. */
export class TableBusy extends DomainError {
  readonly code = 'tableBusy'
}

/** SQLSTATE of a lock that was not to be had in time. */
const NOT_IN_TIME = '55P03'

/**
 * Changes a table, or gives up after three seconds: whoever waits for it holds up every page that comes after. Throws `TableBusy`.
 */
export async function patiently(trx: Transaction, change: () => Promise<unknown>) {
  await execute(sql`set local lock_timeout = '3s'`, trx)
  try {
    await change()
  } catch (error) {
    throw (error as { code?: string }).code === NOT_IN_TIME ? new TableBusy() : error
  }
  await execute(sql`set local lock_timeout = 0`, trx)
}
