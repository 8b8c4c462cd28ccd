import { row, rows, sql, type Sql, type Transaction } from '#core/database'

/** How many events of a type a customer may have in so many days, or ever. */
interface EventLimit {
  type: string
  limit: number
  /** Null: there is no end to the time that counts. */
  days: number | null
  used: number
  left: number
}

/** Counted by when they were told, whatever time they say of themselves. */
const used = (userId: number, type: Sql): Sql => sql`(
  select count(*) from user_events v
  where v.user_id = ${userId} and v.signal = 'event.add' and v.payload ->> 'type' = ${type}.code
    and (${type}.limit_days is null or v.created_at > now() - ${type}.limit_days * interval '1 day')
)`

/** What is left of every type that has a limit, or of those that are named. */
export async function limitsOf(userId: number, types: string[] | null, trx: Transaction): Promise<EventLimit[]> {
  const counted = await rows<Omit<EventLimit, 'left'>>(
    sql`select t.code as type, t.limit_count as "limit", t.limit_days as days, ${used(userId, sql`t`)} as used from event_types t
      where t.active and t.limit_count is not null and (${types}::text[] is null or t.code = any(${types}::text[])) order by t.position, t.id`,
    trx
  )
  return counted.map((one) => ({ ...one, left: Math.max(0, one.limit - one.used) }))
}

/** One at a time counts and adds, or two would find the last place free. Null: the type has no limit. */
export async function placesLeft(userId: number, type: string, trx: Transaction): Promise<number | null> {
  await row(sql`select from users where id = ${userId} for no key update`, trx)
  const [limit] = await limitsOf(userId, [type], trx)
  return limit ? limit.left : null
}
