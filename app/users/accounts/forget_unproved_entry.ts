import { execute, row, sql, type Transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { type Actor } from '#core/objects'
import { endSessions } from '../sessions/end_sessions.js'

/**
 * Whoever proves first that an address of an account is theirs is its owner. Until then anybody may have registered it, so the
 * password and the sessions from before are no longer good: a stranger who entered the address waits for nothing.
 */
export async function forgetUnprovedEntry(userId: number, actor: Actor, trx: Transaction) {
  const proved = await row(sql`select from user_identifiers where user_id = ${userId} and confirmed limit 1`, trx)
  if (proved) return
  await endSessions(userId, actor, trx)
  const forgotten = await execute(sql`delete from user_passwords where user_id = ${userId}`, trx)
  if (forgotten) await recordChange({ actor, action: 'forgetPassword', object: 'user', id: userId }, trx)
}
