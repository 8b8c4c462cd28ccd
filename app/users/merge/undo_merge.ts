import { recordChange } from '#core/audit'
import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { awaitApart, carry, find, objects, plain, type Actor, type Values } from '#core/objects'
import { stored } from './chosen_values.js'
import { returnConsents } from './consents_of.js'
import { dropCopiedLabels } from './copy_labels.js'
import { recountPeople } from './figures.js'
import { type Moved } from './moved.js'
import { identifiersStand, returnIdentifiers } from './move_identifiers.js'
import { ChangedSinceMerge, MergedFurther, MergeUndone } from './refusals.js'
import { userParted } from './signals.js'

interface Kept {
  id: number
  into: number
  from: number
  moved: Moved
  undoneAt: Date | null
}

/**
 * Makes two customers of one again, as they were before the merge, from the journal (F27). What was written of the person since stays with
 * who stayed. Throws `MergeUndone`, `MergedFurther`, and `ChangedSinceMerge` where what the merge wrote is no longer so.
 */
export async function undoMerge(id: number, actor: Actor, trx?: Transaction): Promise<void> {
  if (!trx) return transaction((own) => undoMerge(id, actor, own))
  await awaitApart(objects.get('user'), trx)
  const kept = await lockMerge(id, trx)
  const { from, into, moved } = kept
  await refuseChanged(kept, trx)

  await execute(sql`update users set canonical_id = ${from} where canonical_id = ${into} and id = any(${moved.aliases}::bigint[])`, trx)
  await writeBack(from, into, moved.fields, actor, trx)
  await execute(sql`update users set deleted_at = null, merged_into_id = null, canonical_id = null, updated_at = now() where id = ${from}`, trx)
  await returnIdentifiers(from, into, moved.identifiers, trx)
  await dropCopiedLabels(into, moved.labels, trx)
  await returnConsents(kept, actor, trx)
  await recountPeople([into, from], trx)
  await note(kept, actor, trx)
}

/** Customers first and in the order of their ids, as a merge locks them. */
async function lockMerge(id: number, trx: Transaction): Promise<Kept> {
  const pair = await row<Kept>(sql`select user_id as into, merged_id as from from user_merges where id = ${id}`, trx)
  if (!pair) throw new MergeUndone()
  await execute(sql`select from users where id = any(${[pair.from, pair.into]}::bigint[]) order by id for update`, trx)
  const kept = await row<Kept>(
    sql`select id, user_id as into, merged_id as "from", moved, undone_at as "undoneAt" from user_merges where id = ${id} for update`,
    trx
  )
  if (kept!.undoneAt) throw new MergeUndone()
  return kept!
}

async function refuseChanged({ from, into, moved }: Kept, trx: Transaction) {
  const stands = await row(
    sql`select from users u join user_aliases a on a.user_id = ${from} and a.canonical_id = u.id where u.id = ${into} and u.deleted_at is null and u.erased_at is null`,
    trx
  )
  if (!stands) throw new MergedFurther()
  const user = objects.get('user')
  const now = (await find(user, into, plain, undefined, trx))!
  const changed = Object.entries(moved.fields.after).filter(([name, value]) => user.fields.has(name) && JSON.stringify(stored(now[name])) !== JSON.stringify(value))
  const names = changed.map(([name]) => name)
  if (!(await identifiersStand(into, moved.identifiers, trx))) names.push('identifiers')
  if (names.length) throw new ChangedSinceMerge(names)
}

async function writeBack(from: number, into: number, { before, after }: Moved['fields'], actor: Actor, trx: Transaction) {
  await carry(objects.get('user'), into, before, actor, trx)
  if (before.externalId && after.externalId) await execute(sql`update users set external_id = ${after.externalId} where id = ${from}`, trx)
}

/** What the journal held of either is needed no more. */
async function note({ id, from, into }: Kept, actor: Actor, trx: Transaction) {
  await execute(sql`update user_merges set undone_at = now(), undone_by = ${actor.staffId}, moved = '{}', updated_at = now() where id = ${id}`, trx)
  await execute(
    sql`update user_duplicates set state = 'open', updated_at = now()
      where user_id = ${Math.min(from, into)} and other_id = ${Math.max(from, into)} and state = 'merged'`,
    trx
  )
  for (const user of [into, from]) {
    await recordChange({ actor, action: 'user.part', object: 'user', id: user, after: { user: into, merged: from, merge: id } as Values }, trx)
  }
  await userParted.publish({ userId: into, mergedId: from }, trx)
}
