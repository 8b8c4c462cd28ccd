import { execute, rows, sql, type Transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { type Actor } from '#core/objects'

/** A customer who signs out. */
export async function endSession(id: number, trx: Transaction): Promise<void> {
  await execute(sql`delete from user_sessions where id = ${id}`, trx)
}

/** Everywhere: after that no token of the customer opens anything. Answers how many there were. */
export async function endSessions(userId: number, actor: Actor, trx: Transaction): Promise<number> {
  const ended = await rows(sql`delete from user_sessions where user_id = ${userId} returning id`, trx)
  if (ended.length) await recordChange({ actor, action: 'endSessions', object: 'user', id: userId, before: { rows: ended.length } }, trx)
  return ended.length
}
