import { execute, rows, sql, type Transaction } from '#core/database'
import { type MovedIdentifier } from './moved.js'

interface Held extends Omit<MovedIdentifier, 'activeNow'> {
  type: string
  confirmed: boolean
}

/**
 * Brings the identifiers of both together: of each type one stays active, the one that was chosen or else the active one of who stays; never one
 * that nobody has confirmed beside one that somebody has (F26).
 */
export async function moveIdentifiers(from: number, into: number, main: number[], trx: Transaction): Promise<MovedIdentifier[]> {
  const held = await rows<Held>(
    sql`select id, user_id as "userId", type, active, confirmed from user_identifiers where user_id = any(${[from, into]}::bigint[]) order by id`,
    trx
  )
  const active = activeOnes(held, into, main)
  await execute(
    sql`update user_identifiers set active = false, updated_at = now() where user_id = any(${[from, into]}::bigint[]) and active`,
    trx
  )
  await execute(
    sql`update user_identifiers set user_id = ${into}, active = id = any(${[...active]}::bigint[]), updated_at = now()
      where user_id = any(${[from, into]}::bigint[])`,
    trx
  )
  await execute(sql`update identifier_owners set user_id = ${into} where user_id = ${from}`, trx)
  return held.map(({ id, userId, active: before }) => ({ id, userId, active: before, activeNow: active.has(id) }))
}

function activeOnes(held: Held[], into: number, main: number[]): Set<number> {
  const types = [...new Set(held.map(({ type }) => type))]
  const chosen = types.map((type) => {
    const ones = held.filter((one) => one.type === type)
    const able = ones.some(({ active, confirmed }) => active && confirmed) ? ones.filter(({ confirmed }) => confirmed) : ones
    const active = able.filter((one) => one.active)
    return able.find(({ id }) => main.includes(id)) ?? active.find(({ userId }) => userId === into) ?? active[0]
  })
  return new Set(chosen.filter(Boolean).map(({ id }) => id))
}

/** Gives everybody back what was theirs. */
export async function returnIdentifiers(from: number, into: number, moved: MovedIdentifier[], trx: Transaction) {
  const ids = moved.map(({ id }) => id)
  const [owners, active] = [moved.map(({ userId }) => userId), moved.map((one) => one.active)]
  await execute(sql`update user_identifiers set active = false, updated_at = now() where user_id = ${into} and id = any(${ids}::bigint[]) and active`, trx)
  await execute(
    sql`update user_identifiers i set user_id = m.user_id, active = m.active and ${heldBy(into)}, updated_at = now()
      from unnest(${ids}::bigint[], ${owners}::bigint[], ${active}::boolean[]) as m (id, user_id, active)
      where i.user_id = ${into} and i.id = m.id`,
    trx
  )
  await execute(
    sql`update identifier_owners o set user_id = ${from} from user_identifiers i
      where i.user_id = ${from} and o.type = i.type and o.value = i.value and o.user_id = ${into}
        and (i.confirmed or i.active or not exists (
          select from user_identifiers m where m.user_id = ${into} and m.type = i.type and m.value = i.value
        ))`,
    trx
  )
}

/** Not one that was given up to another customer since. */
const heldBy = (userId: number) =>
  sql`exists (select from identifier_owners o where o.type = i.type and o.value = i.value and o.user_id = ${userId})`

/** Whether each is still where the merge left it. */
export async function identifiersStand(into: number, moved: MovedIdentifier[], trx: Transaction): Promise<boolean> {
  const found = await rows<{ id: number; active: boolean }>(
    sql`select id, active from user_identifiers where user_id = ${into} and id = any(${moved.map(({ id }) => id)}::bigint[]) for update`,
    trx
  )
  return moved.every(({ id, activeNow }) => found.some((one) => one.id === id && one.active === activeNow))
}
