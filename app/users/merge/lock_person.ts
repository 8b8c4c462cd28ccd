import { row, sql, type Transaction } from '#core/database'

/**
 * Whoever writes what belongs to a customer holds their row until the transaction is over, and writes it for who they are by then: a merge
 * may have been waited for. Answers that id.
 */
export async function lockPerson(userId: number, trx: Transaction): Promise<number> {
  /** The row is as the merge left it that was waited for; everything else is as it was when the statement began. */
  const held = await row<{ id: number; mergedInto: number | null }>(
    sql`select u.id, u.merged_into_id as "mergedInto" from users u
      where u.id = coalesce((select a.canonical_id from user_aliases a where a.user_id = ${userId}), ${userId})
      for no key update of u`,
    trx
  )
  return held?.mergedInto ? lockPerson(held.mergedInto, trx) : (held?.id ?? userId)
}
