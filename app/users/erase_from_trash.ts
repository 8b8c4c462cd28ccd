import { execute, row, sql, type Transaction } from '#core/database'
import { carryOutErasure } from './erasure/erase_user.js'
import { lockWholePerson } from './merge/lock_person.js'

/**
 * A customer goes to the trash with all that points at them: their identifiers stay theirs for as long as they may be restored, so that
 * nobody takes their addresses meanwhile.
 */
export async function letGo() {}

/** After their days in the trash a customer is erased, not deleted: the facts stay, nobody is behind them (F39). */
export async function eraseFromTrash(id: number, trx: Transaction) {
  await lockWholePerson(id, trx)
  const request = await row<{ id: number }>(
    sql`insert into privacy_requests (user_id, kind, reason, source) values (${id}, 'erasure', 'trash', 'back_office')
      on conflict (user_id, kind) where state in ('open', 'running') do update set updated_at = now() returning id`,
    trx
  )
  await carryOutErasure(request!.id, { staffId: null }, trx)
  await execute(sql`update users set deleted_at = null where id = ${id}`, trx)
}
