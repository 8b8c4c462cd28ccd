import { execute, row, sql } from '#core/database'
import { TooManyRequests } from '#core/http'

/** So many in so many seconds. */
export interface Limit {
  most: number
  seconds: number
}

export const anHour = (most: number): Limit => ({ most, seconds: 60 * 60 })

/** Counts one more under a key. Throws `TooManyRequests` where that is more than the limit. */
export async function countWithin({ most, seconds }: Limit, key: string) {
  const { count, left } = await tally(key, seconds)
  if (count > most) throw new TooManyRequests(left)
}

/**
 * Counts one more under a key, in one statement, and answers how many there were since the count began and the seconds until
 * it begins anew. By the clock of the database, which all processes share.
 */
export async function tally(key: string, seconds: number) {
  const counted = await row<{ count: number; left: number }>(sql`
    insert into rate_limits as counted (key, points, expire) values (${key}, 1, ${nowInMs} + ${seconds * 1000}::bigint)
    on conflict (key) do update set
      points = case when counted.expire > ${nowInMs} then counted.points + 1 else 1 end,
      expire = case when counted.expire > ${nowInMs} then counted.expire else excluded.expire end
    returning points as count, ceil((expire - ${nowInMs}) / 1000.0)::integer as left
  `)
  return counted!
}

export async function takeBack(key: string) {
  await execute(sql`update rate_limits set points = points - 1 where key = ${key} and points > 0`)
}

export async function forget(...keys: string[]) {
  await execute(sql`delete from rate_limits where key = any(${keys}::text[])`)
}

const nowInMs = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`
