import { type Transaction } from '#core/database'

/** Counts anew what a section keeps in sums about these customers: they were merged, or parted. */
export type Recount = (userIds: number[], trx: Transaction) => Promise<void>

const recounts: Recount[] = []

/** How sections below bring their sums along with a merge. */
export function recountsPeople(recount: Recount) {
  recounts.push(recount)
}

export async function recountPeople(userIds: number[], trx: Transaction) {
  for (const recount of recounts) await recount(userIds, trx)
}
