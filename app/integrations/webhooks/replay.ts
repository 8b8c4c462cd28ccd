import { execute, sql, type Transaction } from '#core/database'

/** Sends a message again under its old id, from the first try on. One that is under way stays as it is: answers false. */
export async function replay(id: number, trx?: Transaction): Promise<boolean> {
  return (await again(sql`id = ${id}`, trx)) > 0
}

/** The same for all that a webhook was never able to take; answers how many. */
export async function replayFailed(webhookId: number, trx?: Transaction): Promise<number> {
  return again(sql`webhook_id = ${webhookId} and state = 'failed'`, trx)
}

const again = (which: ReturnType<typeof sql>, trx?: Transaction) =>
  execute(
    sql`update webhook_messages set state = 'waiting', tries = 0, next_try_at = now(), reason = null, status = null, delivered_at = null
      where ${which} and state <> 'sending'`,
    trx
  )
