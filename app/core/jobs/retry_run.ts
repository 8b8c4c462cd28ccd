import { row, sql, transaction, type Transaction } from '#core/database'
import { send } from './sender.js'

/** Puts a failed or cancelled run back into its queue with its tries forgotten. False when it is in neither state. */
export async function retryRun(id: number, outer?: Transaction): Promise<boolean> {
  if (!outer) return transaction((trx) => retryRun(id, trx))
  return outer.transaction(async (trx) => {
    const run = await row<{ job: string }>(
      sql`update job_runs set state = 'waiting', tries = 0, error = null, cancel_requested_at = null, finished_at = null,
          inline = false, updated_at = now()
        where id = ${id} and state in ('failed', 'cancelled') returning job`,
      trx
    )
    if (run) await send(run.job, id, trx)
    return Boolean(run)
  })
}
