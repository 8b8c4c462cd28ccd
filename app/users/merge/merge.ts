import { recordChange } from '#core/audit'
import { execute, row, rows, sql, transaction, type Transaction } from '#core/database'
import { awaitApart, carry, changeObjects, hasMerged, objects, type Actor, type Values } from '#core/objects'
import { forgetEntry } from '../accounts/forget_entry.js'
import { carryConsents } from './consents_of.js'
import { chosenValues } from './chosen_values.js'
import { recountPeople } from './figures.js'
import { type Moved } from './moved.js'
import { moveIdentifiers } from './move_identifiers.js'
import { copyLabels } from './copy_labels.js'
import { CannotMerge } from './refusals.js'
import { userMerged } from './signals.js'

export interface Merge {
  /** Who is merged, and leads to the other from then on. */
  from: number
  /** Who stays. */
  into: number
  /** Fields whose values are taken from the merged customer; others stay, but for those that are empty. */
  taken?: string[]
  /** Identifiers that become the active ones of their types; the others stay beside them. */
  main?: number[]
}

/**
 * Makes one person of two customers, whole or not at all (F27). The merged row stays, its id leads to the other for good; receipts, events,
 * messages and the log of consents keep the id that they were written with and are read as those of the person. Of two consents the stricter
 * one holds. Answers the id of the journal's row, from which `undoMerge` parts them again. Throws `CannotMerge`.
 */
export async function merge({ from, into, taken = [], main = [] }: Merge, actor: Actor, trx?: Transaction): Promise<number> {
  if (!trx) return transaction((own) => merge({ from, into, taken, main }, actor, own))
  await awaitApart(objects.get('user'), trx)
  await lockBoth(from, into, trx)
  await forgetUnproved(from, into, actor, trx)
  const values = await chosenValues(from, into, taken, trx)
  if (!hasMerged(objects.get('user'))) await changeObjects(trx)

  const moved: Moved = {
    aliases: await leadTo(from, into, trx),
    identifiers: await moveIdentifiers(from, into, main, trx),
    labels: await copyLabels(from, into, trx),
    consents: await carryConsents(from, into, actor, trx),
    fields: await write(from, into, values, actor, trx),
  }
  await recountPeople([into], trx)
  return keep({ from, into }, moved, actor, trx)
}

/** In the order of their ids, so that two merges of the same people wait for each other. */
async function lockBoth(from: number, into: number, trx: Transaction) {
  const live = await execute(
    sql`select from users where id = any(${[from, into]}::bigint[]) and deleted_at is null and erased_at is null order by id for update`,
    trx
  )
  if (from === into || live < 2) throw new CannotMerge()
}

/**
 * Whoever proved nothing may be a stranger who typed a name or an address of the other, who did: no way in of theirs opens the account of both.
 * It does not come back with an undoing, as the customer may choose another password by a code.
 */
async function forgetUnproved(from: number, into: number, actor: Actor, trx: Transaction) {
  const proved = await rows<{ id: number }>(
    sql`select distinct user_id as id from user_identifiers where user_id = any(${[from, into]}::bigint[]) and confirmed`,
    trx
  )
  if (proved.length === 1) await forgetEntry(proved[0].id === from ? into : from, actor, trx)
}

/** The merged customer, and whoever was merged into them, are the other one now; answers the latter. */
async function leadTo(from: number, into: number, trx: Transaction): Promise<number[]> {
  const led = await rows<{ id: number }>(sql`update users set canonical_id = ${into} where canonical_id = ${from} returning id`, trx)
  await execute(
    sql`update users set deleted_at = now(), merged_into_id = ${into}, canonical_id = ${into}, updated_at = now() where id = ${from}`,
    trx
  )
  return led.map(({ id }) => id)
}

/** The number in another system that gives way goes over to the merged row, so that it still leads to the person. */
async function write(from: number, into: number, { before, after }: { before: Values; after: Values }, actor: Actor, trx: Transaction) {
  await carry(objects.get('user'), into, after, actor, trx)
  if (before.externalId && after.externalId) await execute(sql`update users set external_id = ${before.externalId} where id = ${from}`, trx)
  return { before, after }
}

async function keep({ from, into }: Merge, moved: Moved, actor: Actor, trx: Transaction): Promise<number> {
  const kept = await row<{ id: number }>(
    sql`insert into user_merges (user_id, merged_id, staff_id, moved)
      values (${into}, ${from}, ${actor.staffId}, ${JSON.stringify(moved)}::jsonb) returning id`,
    trx
  )
  await execute(
    sql`update user_duplicates set state = 'merged', staff_id = ${actor.staffId}, updated_at = now()
      where user_id = ${Math.min(from, into)} and other_id = ${Math.max(from, into)}`,
    trx
  )
  await execute(sql`delete from user_duplicates where state = 'open' and ${from} in (user_id, other_id)`, trx)
  for (const id of [into, from]) {
    await recordChange({ actor, action: 'user.merge', object: 'user', id, after: { user: into, merged: from, merge: kept!.id } }, trx)
  }
  await userMerged.publish({ userId: into, mergedId: from }, trx)
  return kept!.id
}
