import { rows, sql, transaction, type Sql } from '#core/database'
import { recordChange } from '#core/audit'
import { type Actor } from '#core/objects'

/** Ends one session of a person; answers how many that were: one or none. */
export async function endPlace(staffId: number, id: number, actor: Actor): Promise<number> {
  return end(staffId, sql`id = ${id}`, actor)
}

/** Ends all sessions of a person but the one that asks. */
export async function endOtherPlaces(staffId: number, here: number | null, actor: Actor): Promise<number> {
  return end(staffId, here === null ? sql`true` : sql`id <> ${here}`, actor)
}

async function end(staffId: number, which: Sql, actor: Actor): Promise<number> {
  return transaction(async (trx) => {
    const ended = await rows<{ address: string }>(
      sql`delete from staff_sessions where staff_id = ${staffId} and ${which} returning address`,
      trx
    )
    const addresses = [...new Set(ended.map(({ address }) => address))].join(', ')
    if (ended.length) await recordChange({ actor, action: 'endSession', object: 'staff', id: staffId, before: { address: addresses } }, trx)
    return ended.length
  })
}
