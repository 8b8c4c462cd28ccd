import { execute, sql, type Transaction } from '#core/database'
import { type Purpose } from './purpose.js'

/** Codes and links that were sent to identifiers, of one purpose or of all, open nothing from now on. */
export async function voidTickets(identifierIds: number[], trx: Transaction, purpose: Purpose | null = null) {
  await execute(
    sql`update user_tickets set voided_at = now(), updated_at = now()
      where identifier_id = any(${identifierIds}::bigint[]) and not confirmed and voided_at is null
        and (${purpose}::text is null or purpose = ${purpose})`,
    trx
  )
}
