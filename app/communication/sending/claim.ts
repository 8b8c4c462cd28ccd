import { randomUUID } from 'node:crypto'
import { execute, row, sql } from '#core/database'
import { type SendState } from './send.js'

/** A drainer that falls silent this long loses its chunk. Renewed with every result that is written down. */
export const LEASE_SECONDS = 20

/** Recipients that one drainer has for itself, until its lease runs out. */
export interface Chunk {
  sendId: number
  chunk: number
  fromUser: number
  toUser: number
  size: number
  owner: string
}

/** Takes a free chunk of a running send, or one whose owner fell silent. */
export async function claimChunk(sendId: number): Promise<Chunk | undefined> {
  const owner = randomUUID()
  const chunk = await row<Chunk>(
    sql`update delivery_chunks c set locked_by = ${owner}::uuid, locked_until = now() + make_interval(secs => ${LEASE_SECONDS})
      from (
        select send_id, chunk from delivery_chunks
        where send_id = ${sendId} and not done and not_before <= now() and (locked_until is null or locked_until < now())
          and exists (select 1 from sends where id = ${sendId} and state = 'sending')
        order by chunk limit 1
        for update skip locked
      ) free
      where c.send_id = free.send_id and c.chunk = free.chunk
      returning c.send_id as "sendId", c.chunk, c.from_user as "fromUser", c.to_user as "toUser", c.size,
        c.locked_by as owner`
  )
  if (chunk) await putBackOrphans(chunk)
  return chunk
}

/**
 * Mails that a dead drainer was about to send: perhaps they were taken by the server. They go again under the same
 * Message-ID, which is at most what was in flight.
 */
async function putBackOrphans({ sendId, fromUser, toUser }: Chunk) {
  await execute(
    sql`update deliveries set state = 'queued', updated_at = now()
      where send_id = ${sendId} and user_id between ${fromUser} and ${toUser} and state = 'sending'`
  )
}

/** Lets a chunk go: it is done, or waits for its deferred mails. */
export async function leaveChunk({ sendId, chunk, fromUser, toUser, owner }: Chunk) {
  await execute(
    sql`with rest as (
        select count(*) as open, min(case when state = 'deferred' then next_try_at else now() end) as next
        from deliveries
        where send_id = ${sendId} and user_id between ${fromUser} and ${toUser} and state in ('queued', 'sending', 'deferred')
      )
      update delivery_chunks set done = rest.open = 0, not_before = coalesce(rest.next, now()), locked_until = null,
        locked_by = null
      from rest where send_id = ${sendId} and chunk = ${chunk} and locked_by = ${owner}::uuid`
  )
}

export async function renewLease({ sendId, chunk, owner }: Chunk) {
  await execute(
    sql`update delivery_chunks set locked_until = now() + make_interval(secs => ${LEASE_SECONDS})
      where send_id = ${sendId} and chunk = ${chunk} and locked_by = ${owner}::uuid`
  )
}

interface Rest {
  state: SendState
  open: number
  /** Seconds until something can be claimed again. */
  wait: number
}

/** What is left of a send for drainers that find nothing to claim. */
export async function restOf(sendId: number): Promise<Rest> {
  const rest = await row<Rest>(
    sql`select s.state, count(c.chunk) as open,
        coalesce(extract(epoch from min(greatest(c.not_before, coalesce(c.locked_until, c.not_before))) - now()), 0)::float8 as wait
      from sends s left join delivery_chunks c on c.send_id = s.id and not c.done
      where s.id = ${sendId} group by s.id`
  )
  return rest!
}
