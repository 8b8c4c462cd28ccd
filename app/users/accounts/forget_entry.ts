import { recordChange } from '#core/audit'
import { execute, sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { endSessions } from '../sessions/end_sessions.js'

/** No way in from before is good any more: neither password nor session, nor an account elsewhere. A code that is sent to an address is. */
export async function forgetEntry(userId: number, actor: Actor, trx: Transaction) {
  await endSessions(userId, actor, trx)
  const forgotten = await execute(sql`delete from user_passwords where user_id = ${userId}`, trx)
  const unlinked = await execute(sql`delete from user_social_accounts where user_id = ${userId}`, trx)
  if (forgotten || unlinked) await recordChange({ actor, action: 'forgetPassword', object: 'user', id: userId }, trx)
}
