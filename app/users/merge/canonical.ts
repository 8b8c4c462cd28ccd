import { row, rows, sql, type Sql, type Transaction } from '#core/database'

/** As SQL over a row of `users`: that it is who is now behind an id, whatever id they were once known by. */
export const isNow = (u: Sql, id: Sql): Sql =>
  sql`(${u}.id = coalesce((select a.canonical_id from user_aliases a where a.user_id = ${id}), ${id}) and ${u}.deleted_at is null)`

/** Who a customer is now, whatever id they were once known by; null: erased, deleted or never known (F27). */
export async function canonicalUser(id: number, trx?: Transaction): Promise<number | null> {
  const found = await row<{ id: number }>(sql`select u.id from users u where ${isNow(sql`u`, sql`${id}::bigint`)}`, trx)
  return found?.id ?? null
}

/** All ids of one person, the one they have now standing first: facts keep the id that they were written with. */
export async function personOf(id: number, trx?: Transaction): Promise<number[]> {
  const canonical = (await canonicalUser(id, trx)) ?? id
  const others = await rows<{ id: number }>(sql`select user_id as id from user_aliases where canonical_id = ${canonical} order by user_id`, trx)
  return [canonical, ...others.map((other) => other.id)]
}

/** Who speaks through a link that was sent to this id: who they are now, or the id itself, where there is nobody any more. */
export async function speaker(id: number, trx?: Transaction): Promise<number> {
  return (await canonicalUser(id, trx)) ?? id
}
