import { execute, identifier, sql, type Prepared, type Sql } from '#core/database'
import { exclusion } from '../audience/rules.js'
import { type Person } from '../content/person.js'
import { personColumn } from '../content/person_columns.js'
import { type Chunk } from './claim.js'
import { termsOf, type Frozen, type Send } from './send.js'

/** A mail that is about to leave. */
export interface Marked {
  userId: number
  identifierId: number
  address: string
  tries: number
  person: Person
}

interface Batch {
  marked: Marked[]
  /** Withdrawn, or reached otherwise, since the audience was frozen. */
  skipped: number
}

type Row = Marked & { state: 'sending' | 'skipped' }

/**
 * Takes the next mails of a chunk and looks once more, in the same statement, whether each may still be sent: who
 * has unsubscribed meanwhile is skipped. Who was merged meanwhile is written to as who they are now, once. Nothing is taken from a send
 * that is paused or a chunk that was lost.
 */
export async function mark(send: Send & { content: Frozen }, chunk: Chunk, count: number, statements: Prepared): Promise<Batch> {
  const due = await statements.rows<Row>(
    sql`with due as (
        select d.user_id, d.identifier_id from deliveries d
        where d.send_id = ${send.id} and d.user_id between ${chunk.fromUser} and ${chunk.toUser}
          and (d.state = 'queued' or (d.state = 'deferred' and d.next_try_at <= now()))
          and exists (select 1 from sends where id = ${send.id} and state = 'sending')
          and exists (select 1 from delivery_chunks where send_id = ${send.id} and chunk = ${chunk.chunk}
            and locked_by = ${chunk.owner}::uuid)
        order by d.user_id, d.identifier_id limit ${count}
      ),
      judged as materialized (
        select due.user_id, due.identifier_id, i.id as now_id, i.value as now_address,
          case when ${reachedOtherwise(send.id)} then ${REPEATED} else ${exclusion(termsOf(send))} end as reason,
          ${personColumn(identifier('u'))} as person
        from due
        left join user_aliases a on a.user_id = due.user_id
        left join users u on u.id = coalesce(a.canonical_id, due.user_id)
        left join user_statuses s on s.id = u.status_id
        left join user_identifiers i on i.user_id = u.id
          and case when a.user_id is null then i.id = due.identifier_id else i.type = 'email' and i.active end
      )
      update deliveries d set state = case when j.reason is null then 'sending' else 'skipped' end, answer = j.reason,
        identifier_id = case when j.reason is null then j.now_id else d.identifier_id end,
        address = case when j.reason is null and j.now_id <> d.identifier_id then j.now_address else d.address end,
        tries = d.tries + case when j.reason is null then 1 else 0 end, updated_at = now()
      from judged j
      where d.send_id = ${send.id} and d.user_id = j.user_id and d.identifier_id = j.identifier_id
      returning d.user_id as "userId", d.identifier_id as "identifierId", d.address, d.tries, d.state, j.person`
  )
  const marked = due.filter(({ state }) => state === 'sending')
  const skipped = due.length - marked.length
  if (skipped) await countSkipped(chunk, skipped)
  return { marked, skipped }
}

/** Words: `send.reasons.repeated`. */
const REPEATED = 'repeated'

/**
 * Whether another mail of the send is meant for the same person, who was merged meanwhile: the one to who they are now goes, unless another
 * has left already, or the one to who they are now was skipped; of several to who they were the first goes, or the one to the address that they have now.
 */
const reachedOtherwise = (sendId: number): Sql => sql`case
  when a.user_id is not null then exists (
    select from deliveries o where o.send_id = ${sendId} and o.state <> 'skipped' and (
      o.user_id = a.canonical_id
      or o.user_id < due.user_id and o.user_id in (select other.user_id from user_aliases other where other.canonical_id = a.canonical_id)
      or o.user_id = due.user_id and o.identifier_id <> due.identifier_id
        and (o.identifier_id = i.id or due.identifier_id is distinct from i.id and o.identifier_id < due.identifier_id)
    )
  )
  else exists (
    select from user_aliases other join deliveries o on o.send_id = ${sendId} and o.user_id = other.user_id
    where other.canonical_id = due.user_id and o.state in ('sending', 'sent', 'bounced')
  ) end`

async function countSkipped({ sendId, chunk }: Chunk, skipped: number) {
  await execute(
    sql`update delivery_chunks set skipped = skipped + ${skipped} where send_id = ${sendId} and chunk = ${chunk}`
  )
}

/** Mails that were marked and not handed over after all: as if nothing had been tried. */
export async function release(sendId: number, mails: Pick<Marked, 'userId' | 'identifierId'>[]) {
  if (!mails.length) return
  await execute(
    sql`update deliveries d set state = 'queued', tries = greatest(d.tries - 1, 0), updated_at = now()
      from unnest(${mails.map((mail) => mail.userId)}::bigint[], ${mails.map((mail) => mail.identifierId)}::bigint[])
        as m (user_id, identifier_id)
      where d.send_id = ${sendId} and d.user_id = m.user_id and d.identifier_id = m.identifier_id and d.state = 'sending'`
  )
}
