import { empty, identifier, join, row, sql, type Sql, type Transaction } from '#core/database'
import { followers } from './followers.js'
import { signals } from './registry.js'

/** Where something happened, when a shop or an app told of it (F118). */
export interface Context {
  /** Code of the source; of a system that writes by a key, `key 5`. */
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
  const written = await row<{ key: string }>(
    sql`${happening(
      signal,
      sql`select ${userId}::bigint as user_id, ${at ?? null}::timestamptz as occurred_at, ${JSON.stringify(values)}::jsonb as payload`,
      context
    )} select event_key as key from happened`,
    trx
  )
  return written!.key
}

/** As many rows as `source` selects, in one statement; answers how many. */
export async function publishFrom(signal: string, source: Sql, trx: Transaction, context?: Context): Promise<number> {
  const written = await row<{ count: number }>(sql`${happening(signal, source, context)} select count(*) from happened`, trx)
  return written!.count
}

/** The events, and what follows from them, up to what the statement answers. */
function happening(signal: string, source: Sql, context?: Context): Sql {
  signals.get(signal)
  const following = followers.map(({ name, follow }) => sql`, ${identifier(name)} as (${follow(sql`happened`)})`)
  return sql`
    with happened as (
      insert into user_events (user_id, occurred_at, event_key, signal, payload, source, campaign_id, method, trace)
      select s.user_id, coalesce(s.occurred_at, now()), uuidv7(), ${signal}, s.payload, ${context?.source ?? null},
        ${context?.campaign ?? null}::bigint, ${context?.method ?? null}, ${context?.trace ?? null}
      from (${source}) s
      returning user_id, occurred_at, event_key, signal, payload, source, campaign_id, method, trace
    )${following.length ? join(following, '') : empty}`
}
