import { execute, row, rows, sql, type Transaction } from '#core/database'
import { personOf } from './canonical.js'

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

/** The same of many, in the order of their ids; answers those who are there. Who was merged into somebody else is not. */
export async function lockPeople(ids: number[], trx: Transaction): Promise<number[]> {
  const held = await rows<{ id: number }>(
    sql`select u.id from users u where u.id = any(${ids}::bigint[]) and u.deleted_at is null order by u.id for no key update of u`,
    trx
  )
  return held.map(({ id }) => id)
}

/**
 * All ids of one person, held against everybody else, the one they have now standing first. Who was merged with them, or parted from them,
 * while others were waited for is known only afterwards.
 */
export async function lockWholePerson(userId: number, trx: Transaction): Promise<number[]> {
  const ids = await personOf(userId, trx)
  await execute(sql`select from users where id = any(${ids}::bigint[]) order by id for update`, trx)
  const held = await personOf(userId, trx)
  return held.every((id) => ids.includes(id)) ? held : lockWholePerson(userId, trx)
}
