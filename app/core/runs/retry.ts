import { recordChange } from '#core/audit'
import { transaction, type Transaction } from '#core/database'
import { retryRun } from '#core/jobs'
import { type Actor } from '#core/objects'

/** Puts a failed or cancelled run back into its queue, and tells the audit log. False when it is in neither state. */
export async function retry({ id, title }: { id: number; title?: string }, actor: Actor, outer?: Transaction): Promise<boolean> {
  if (!outer) return transaction((trx) => retry({ id, title }, actor, trx))
  const retried = await retryRun(id, outer)
  if (retried) await recordChange({ actor, action: 'job_run.retry', object: 'job_run', id, after: title ? { title } : undefined }, outer)
  return retried
}
