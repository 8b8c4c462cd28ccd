import { row, sql, type Sql, type Transaction } from '#core/database'

/** Whether a customer is served: what their status says now, a block whose days are over being none. */
export const standings = ['active', 'blocked', 'fraud', 'deleted'] as const

export type Standing = (typeof standings)[number]

/** As SQL over a row of `users`. */
export const standingOf = (u: Sql): Sql => sql`(
  select case when s.code in ('fraud', 'deleted') then s.code
    when s.code = 'blocked' and (${u}.blocked_until is null or ${u}.blocked_until > now()) then 'blocked'
    else 'active' end
  from user_statuses s where s.id = ${u}.status_id
)`

export async function statusCalled(code: Standing, trx?: Transaction): Promise<number> {
  const found = await row<{ id: number }>(sql`select id from user_statuses where code = ${code}`, trx)
  return found!.id
}
