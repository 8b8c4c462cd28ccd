import { execute, sql, type Sql, type Transaction } from '#core/database'
import { signals } from './registry.js'

interface Happening {
  userId: number
  at?: Date
  values: Record<string, unknown>
}

/** One thing that happened to one customer, as a row of the timeline. */
export async function publish(signal: string, event: Happening, trx: Transaction) {
  const { userId, at, values } = event
  await publishFrom(
    signal,
    sql`select ${userId}::bigint as user_id, ${at ?? null}::timestamptz as occurred_at,
      ${JSON.stringify(values)}::jsonb as payload`,
    trx
  )
}

/** As many rows as `source` selects, in one statement; answers how many. */
export async function publishFrom(signal: string, source: Sql, trx: Transaction): Promise<number> {
  signals.get(signal)
  return execute(
    sql`insert into user_events (user_id, occurred_at, event_key, signal, payload)
      select s.user_id, coalesce(s.occurred_at, now()), uuidv7(), ${signal}, s.payload
      from (${source}) s`,
    trx
  )
}
