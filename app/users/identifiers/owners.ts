import { recordChange } from '#core/audit'
import { execute, row, rows, sql, type Sql, type Transaction } from '#core/database'
import { InvalidFields, type Actor } from '#core/objects'
import { forgetErased, wasErased } from '../erasure/erased_hash.js'
import { voidTickets } from '../tickets/void_tickets.js'
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
  /** A code that is sent to it may open the account. */
  opens: boolean
}

/**
 * Whether a code that is sent to an identifier, a row of `user_identifiers`, may open the account: a mistyped one is somebody else's, so an
 * unconfirmed one does only where the customer has confirmed nothing yet.
 */
export const opensAccount = (i: Sql): Sql =>
  sql`(${i}.active and (${i}.confirmed or not exists (select from user_identifiers p where p.user_id = ${i}.user_id and p.confirmed)))`

/** The identifier itself. Only an active one identifies its owner (F26): one that waits or was replaced is known, and opens no door. */
export async function identifierOf(type: string, value: string, trx?: Transaction): Promise<KnownIdentifier | null> {
  const known = normalise(type, value)
  if (!known) return null
  const found = await row<KnownIdentifier>(
    sql`select i.id, i.user_id as "userId", i.type, i.value, i.confirmed, i.active, ${opensAccount(sql`i`)} as opens
      from identifier_owners o join user_identifiers i on i.user_id = o.user_id and i.type = o.type and i.value = o.value
      where o.type = ${type} and o.value = ${known} order by i.active desc, i.id desc limit 1`,
    trx
  )
  return found ?? null
}

interface Owned {
  type: string
  /** As it is kept. */
  value: string
  userId: number
}

/** Whether the stop list holds an address (F29). */
export async function isStopped(type: string, value: string, trx?: Transaction): Promise<boolean> {
  return Boolean(await row(sql`select from stop_list where type = ${type} and value = ${normalise(type, value)}`, trx))
}

/** Whether another customer who enters an address is refused it. */
export async function isTaken(type: string, value: string, trx?: Transaction): Promise<boolean> {
  const taken = await row(
    sql`select from identifier_owners o where o.type = ${type} and o.value = ${normalise(type, value)} and ${holds(sql`o`)}`,
    trx
  )
  return Boolean(taken)
}

/** One that is neither confirmed nor active is a mere claim: it keeps nobody out. */
const holds = (o: Sql): Sql => sql`not exists (
  select from user_identifiers i where i.user_id = ${o}.user_id and i.type = ${o}.type and i.value = ${o}.value
  having count(*) > 0 and not bool_or(i.confirmed or i.active)
)`

/**
 * An address belongs to one customer at a time (F28): who only claims it gives it up to the next who enters it. Throws `InvalidFields`
 * when it is another's, when it is in the stop list, and when it was of somebody who was erased and has not agreed anew.
 */
export async function own({ type, value, userId }: Owned, actor: Actor, trx: Transaction, at = 'value') {
  await refuseStopped({ type, value, userId }, trx, at)
  await askTheErased(type, value, userId, trx)
  await execute(
    sql`insert into identifier_owners (type, value, user_id) values (${type}, ${value}, ${userId})
      on conflict (type, value) do nothing`,
    trx
  )
  const owner = await lockOwner(type, value, trx)
  if (owner === userId) return
  const claimed = await row(
    sql`select from identifier_owners o where o.type = ${type} and o.value = ${value} and o.user_id = ${owner ?? null}::bigint and not ${holds(sql`o`)}`,
    trx
  )
  if (!claimed) throw InvalidFields.at(at, 'anotherOwner')
  await giveUp(await rows<{ id: number }>(sql`select id from user_identifiers where user_id = ${owner!} and type = ${type} and value = ${value}`, trx), actor, trx)
  await execute(sql`insert into identifier_owners (type, value, user_id) values (${type}, ${value}, ${userId})`, trx)
}

/** Nobody becomes or ceases to be the owner, nor confirms the address, before the transaction is over. */
async function lockOwner(type: string, value: string, trx: Transaction): Promise<number | undefined> {
  const owner = await row<{ userId: number }>(
    sql`select user_id as "userId" from identifier_owners where type = ${type} and value = ${value} for update`,
    trx
  )
  return owner?.userId
}

/** Whether the identifier is still of the customer who has it: who gave it up has the row, and the address is no longer theirs. */
export async function lockOwned(id: number, trx: Transaction): Promise<boolean> {
  const kept = await row<{ userId: number; type: string; value: string }>(
    sql`select user_id as "userId", type, value from user_identifiers where id = ${id}`,
    trx
  )
  return kept !== undefined && (await lockOwner(kept.type, kept.value, trx)) === kept.userId
}

/** The customer's rows stay, inactive, and open nothing; the addresses are free for whoever enters them next. */
export async function giveUp(given: { id: number }[], actor: Actor, trx: Transaction) {
  const ids = given.map(({ id }) => id)
  await execute(
    sql`delete from identifier_owners o using user_identifiers i
      where i.id = any(${ids}::bigint[]) and o.type = i.type and o.value = i.value and o.user_id = i.user_id`,
    trx
  )
  await execute(sql`update user_identifiers set active = false, updated_at = now() where id = any(${ids}::bigint[]) and active`, trx)
  await voidTickets(ids, trx)
  for (const id of ids) await recordChange({ actor, action: 'giveUp', object: 'identifier', id }, trx)
}

/** Who has a stopped address keeps it, with its history; nobody else gets it (F29). */
async function refuseStopped({ type, value, userId }: Owned, trx: Transaction, at: string) {
  const stopped = await row(
    sql`select from stop_list s where s.type = ${type} and s.value = ${value} and not exists (
        select from identifier_owners o where o.type = s.type and o.value = s.value and o.user_id = ${userId}
      )`,
    trx
  )
  if (stopped) throw InvalidFields.at(at, 'stopped')
}

/** Who was erased themselves gets none any more. */
async function askTheErased(type: string, value: string, userId: number, trx: Transaction) {
  const kept = await row<{ agreed: boolean }>(sql`select personal_data_agree as agreed from users where id = ${userId} and erased_at is null`, trx)
  const again = await wasErased(type, value, trx)
  if (!kept || (again && !kept.agreed)) throw InvalidFields.at('value', 'erased')
  if (again) await forgetErased(type, value, trx)
}
