import { execute, row, sql, type Sql, type Transaction } from '#core/database'
import { signals } from './registry.js'

/** Where something happened, when a shop or an app told of it (F118). */
export interface Context {
  /** Code of the source. */
  source: string
  campaign: number | null
  method: string
  trace: string
}

interface Happening {
  userId: number
  at?: Date
  context?: Context
  values: Record<string, unknown>
}

/** One thing that happened to one customer, as a row of the timeline; answers its key. */
export async function publish(signal: string, event: Happening, trx: Transaction): Promise<string> {
  const { userId, at, context, values } = event
  signals.get(signal)
  const written = await row<{ key: string }>(
    sql`insert into user_events (user_id, occurred_at, event_key, signal, payload, source, campaign_id, method, trace)
      values (${userId}, coalesce(${at ?? null}::timestamptz, now()), uuidv7(), ${signal}, ${JSON.stringify(values)}::jsonb,
        ${context?.source ?? null}, ${context?.campaign ?? null}, ${context?.method ?? null}, ${context?.trace ?? null})
      returning event_key as key`,
    trx
  )
  return written!.key
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
