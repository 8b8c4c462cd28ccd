import { sql, type Prepared, type Sql } from '#core/database'
import { LEASE_SECONDS, type Chunk } from './claim.js'
import { type Outcome } from './outcome.js'
import { type SendState } from './send.js'

/** How handing one mail over ended; a mail that nobody was asked about has no result, it is released. */
export interface Result {
  userId: number
  identifierId: number
  tries: number
  outcome: Exclude<Outcome, 'unreachable'>
  /** What the server said. */
  answer: string
}

/** Tries of a mail that the server does not want just now; then it has failed. */
const MAX_TRIES = 5

/** Minutes before the second, third, fourth and fifth try. */
const BACKOFF = [1, 4, 15, 60]

/** Refusals by policy in a row that pause a send: the provider has had enough of it. */
const POLICY_LIMIT = 20

/**
 * Writes down what became of mails, renews the lease and tells where the send stands, so that a drainer hears of a pause with
 * every few mails. One statement: it is all written, or nothing.
 */
export async function record(chunk: Chunk, results: Result[], statements: Prepared, backoffFactor = 1): Promise<SendState> {
  const [answered] = await statements.rows<{ state: SendState }>(
    sql`with results as (${asRows(results, backoffFactor)}),
      written as (
        update deliveries d set state = r.state, answer = r.answer, updated_at = now(),
          sent_at = case when r.state = 'sent' then now() else d.sent_at end,
          next_try_at = case when r.state = 'deferred' then now() + make_interval(secs => r.delay) end
        from results r
        where d.send_id = ${chunk.sendId} and d.user_id = r.user_id and d.identifier_id = r.identifier_id
      ),
      remembered as (
        update user_identifiers i set updated_at = now(), blocked_reason = r.answer,
          deliverable = case when r.mark = 'blocked' or i.deliverable = 'blocked' then 'blocked' else 'soft' end
        from results r
        where r.mark is not null and i.id = r.identifier_id
          and i.user_id = coalesce((select a.canonical_id from user_aliases a where a.user_id = r.user_id), r.user_id)
      ),
      counted as (
        update delivery_chunks c set sent = c.sent + n.sent, failed = c.failed + n.failed,
          locked_until = case when c.locked_by = ${chunk.owner}::uuid
            then now() + make_interval(secs => ${LEASE_SECONDS}) else c.locked_until end
        from (
          select count(*) filter (where state = 'sent') as sent, count(*) filter (where state = 'failed') as failed from results
        ) n
        where c.send_id = ${chunk.sendId} and c.chunk = ${chunk.chunk}
      ),
      watched as (${streak(chunk.sendId, results)})
      select state from sends where id = ${chunk.sendId}`
  )
  return answered.state
}

function asRows(results: Result[], backoffFactor: number): Sql {
  const column = (of: (result: Result) => unknown) => results.map(of)
  return sql`select * from unnest(
      ${column((one) => one.userId)}::bigint[], ${column((one) => one.identifierId)}::bigint[],
      ${column(stateOf)}::text[], ${column((one) => one.answer)}::text[],
      ${column((one) => delayOf(one) * backoffFactor)}::float8[], ${column(markOf)}::text[]
    ) as r (user_id, identifier_id, state, answer, delay, mark)`
}

function stateOf({ outcome, tries }: Result) {
  if (outcome === 'sent') return 'sent'
  return outcome === 'deferred' && tries < MAX_TRIES ? 'deferred' : 'failed'
}

/** Seconds until the next try. */
function delayOf({ tries }: Result) {
  return (BACKOFF[tries - 1] ?? 0) * 60
}

/** A mailbox that is not there is never written to again; one that failed otherwise is only remembered. */
function markOf(result: Result) {
  if (result.outcome === 'hard') return 'blocked'
  return result.outcome !== 'policy' && stateOf(result) === 'failed' ? 'soft' : null
}

/** Keeps count of refusals in a row; the twentieth pauses the send and says why. Touches the row only when the count changes. */
function streak(sendId: number, results: Result[]): Sql {
  const last = results.findLastIndex(({ outcome }) => outcome === 'sent')
  const refused = results.slice(last + 1).filter(({ outcome }) => outcome === 'policy')
  const before = last < 0 ? sql`policy_streak` : sql`0`
  const now = sql`${before} + ${refused.length}::int`
  const trouble = JSON.stringify({ code: 'policy', params: { answer: refused.at(-1)?.answer } })
  const pauses = sql`state = 'sending' and ${now} >= ${POLICY_LIMIT}`
  return sql`update sends set policy_streak = ${now},
      state = case when ${pauses} then 'paused' else state end,
      trouble = case when ${pauses} then ${trouble}::jsonb else trouble end
    where id = ${sendId} and policy_streak <> ${now}`
}
