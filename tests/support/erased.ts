import { row, sql, transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { carryOutErasure } from '../../app/users/erasure/erase_user.js'

/** Asks for the erasure of a customer, where nobody has, and carries it out. Answers the id of the act. */
export async function eraseUser(userId: number, reason: string, actor: Actor): Promise<number> {
  return transaction(async (trx) => {
    const request = await row<{ id: number }>(
      sql`insert into privacy_requests (user_id, kind, reason, source, staff_id)
        values (${userId}, 'erasure', ${reason}, 'back_office', ${actor.staffId})
        on conflict (user_id, kind) where state in ('open', 'running') do update set reason = privacy_requests.reason
        returning id`,
      trx
    )
    return carryOutErasure(request!.id, actor, trx)
  })
}
