import { execute, row, sql } from '#core/database'

/** Seconds of a limit that may leave at once. */
const BURST_SECONDS = 1

/** A limit per minute and who has it: `send:17`, `provider:2`. */
export interface Limit {
  owner: string
  perMinute: number | null
}

/** How many of the wanted mails all limits let leave now; the rows are shared by all workers. */
export async function allowance(limits: Limit[], wanted: number): Promise<number> {
  let granted = wanted
  for (const { owner, perMinute } of limits) {
    if (perMinute && granted) granted = await take(owner, perMinute / 60, granted)
  }
  return granted
}

async function take(owner: string, perSecond: number, wanted: number): Promise<number> {
  const most = Math.max(1, perSecond * BURST_SECONDS)
  const available = sql`least(${most}::float8, a.tokens + ${perSecond}::float8 *
    greatest(0, extract(epoch from clock.at - a.refilled_at)::float8))`
  const taken = await row<{ granted: number }>(
    sql`update send_allowances a set granted = least(${wanted}::bigint, floor(${available})::bigint),
        tokens = ${available} - least(${wanted}::bigint, floor(${available})::bigint),
        refilled_at = greatest(a.refilled_at, clock.at)
      from (select clock_timestamp() as at) clock
      where a.owner = ${owner} returning a.granted`
  )
  if (taken) return taken.granted
  await execute(
    sql`insert into send_allowances (owner, tokens, refilled_at) values (${owner}, ${most}, now()) on conflict do nothing`
  )
  return take(owner, perSecond, wanted)
}
