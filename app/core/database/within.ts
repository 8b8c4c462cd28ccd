import { execute, transaction, type Transaction } from './query.js'
import { sql } from './sql.js'

/** SQLSTATE of a statement that its time limit ended. */
const CANCELLED = '57014'

/** What `work` answers, or undefined when a statement of it took longer than so many milliseconds. */
export async function within<Result>(milliseconds: number, work: (trx: Transaction) => Promise<Result>) {
  try {
    return await transaction(async (trx) => {
      await execute(sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`, trx)
      const result = await work(trx)
      await execute(sql`select set_config('statement_timeout', '0', true)`, trx)
      return result
    })
  } catch (error) {
    if ((error as { code?: string }).code === CANCELLED) return undefined
    throw error
  }
}
