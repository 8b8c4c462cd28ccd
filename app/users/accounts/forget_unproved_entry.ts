import { row, rows, sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { giveUp } from '../identifiers/owners.js'
import { type Answered } from '../tickets/answer.js'
import { forgetEntry } from './forget_entry.js'

/**
 * Whoever proves first that an address of an account is theirs is its owner. Until then anybody may have registered it, so no way in from
 * before is good any more: neither password nor session, nor an account elsewhere, nor another address that a code is sent to. What staff
 * or files have brought stays.
 */
export async function forgetUnprovedEntry({ userId, identifierId }: Omit<Answered, 'id'>, actor: Actor, trx: Transaction) {
  const proved = await row(sql`select from user_identifiers where user_id = ${userId} and confirmed limit 1`, trx)
  if (proved) return
  await forgetEntry(userId, actor, trx)
  await giveUp(await enteredBeside(userId, identifierId, trx), actor, trx)
}

function enteredBeside(userId: number, identifierId: number, trx: Transaction) {
  return rows<{ id: number }>(
    sql`select i.id from user_identifiers i
      where i.user_id = ${userId} and i.id <> ${identifierId} and i.type in (select identifier_type from ticket_generators) and exists (
        select from audit_log l where l.object = 'identifier' and l.record_id = i.id and l.action = 'create' and l.source_id is not null
      )`,
    trx
  )
}
