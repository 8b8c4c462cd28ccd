import { execute, row, sql, type Transaction } from '#core/database'
import { InvalidFields } from '#core/objects'
import { forgetErased, wasErased } from '../erasure/erased_hash.js'
import { normalise } from './normalise.js'

/** Whose an address is, however it is spelled; null when it is nobody's. A merged customer's addresses are those of who they are now. */
export async function ownerOf(type: string, value: string, trx?: Transaction): Promise<number | null> {
  const known = normalise(type, value)
  if (!known) return null
  const owner = await row<{ user_id: number }>(sql`select user_id from identifier_owners where type = ${type} and value = ${known}`, trx)
  return owner?.user_id ?? null
}

export interface KnownIdentifier {
  id: number
  userId: number
  type: string
  value: string
  confirmed: boolean
  active: boolean
}

/** The identifier itself. Only an active one identifies its owner (F26): one that waits or was replaced is known, and opens no door. */
export async function identifierOf(type: string, value: string, trx?: Transaction): Promise<KnownIdentifier | null> {
  const owner = await ownerOf(type, value, trx)
  if (!owner) return null
  const found = await row<KnownIdentifier>(
    sql`select id, user_id as "userId", type, value, confirmed, active from user_identifiers
      where user_id = ${owner} and type = ${type} and value = ${normalise(type, value)} order by active desc, id desc limit 1`,
    trx
  )
  return found ?? null
}

/**
 * An address belongs to one customer at a time (F28). Throws `InvalidFields` when it is another's, and when it was of somebody who was
 * erased and has not agreed anew.
 */
export async function own(type: string, value: string, userId: number, trx: Transaction) {
  await askTheErased(type, value, userId, trx)
  await execute(
    sql`insert into identifier_owners (type, value, user_id) values (${type}, ${value}, ${userId})
      on conflict (type, value) do nothing`,
    trx
  )
  if ((await ownerOf(type, value, trx)) !== userId) throw InvalidFields.at('value', 'anotherOwner')
}

async function askTheErased(type: string, value: string, userId: number, trx: Transaction) {
  if (!(await wasErased(type, value, trx))) return
  const agreed = await row(sql`select from users where id = ${userId} and personal_data_agree`, trx)
  if (!agreed) throw InvalidFields.at('value', 'erased')
  await forgetErased(type, value, trx)
}

/** One at a time writes the identifiers of a customer: which is active depends on all of them. */
export async function lockIdentifiersOf(userId: number, trx: Transaction) {
  await execute(sql`select from users where id = ${userId} for no key update`, trx)
}
