import { execute, rows, sql, type Transaction } from '#core/database'
import { judged, tally, type Choice, type Counted, type Judgement } from './audience.js'
import { type Terms } from './rules.js'

/** Recipients that one drainer takes at a time. */
const CHUNK = 500

/** Writes one delivery for each recipient, by one statement: whoever joins the segment later is not in this send. */
export async function freeze(
  send: { id: number; communicationId: number },
  choice: Choice,
  terms: Terms,
  trx: Transaction
): Promise<Judgement> {
  const counted = await rows<Counted>(
    sql`with judged as materialized (${judged(choice, terms)}),
      written as (
        insert into deliveries (send_id, communication_id, user_id, identifier_id, address)
        select ${send.id}, ${send.communicationId}, user_id, identifier_id, address from judged where reason is null
        on conflict do nothing
      )
      select reason, count(*) from judged group by reason`,
    trx
  )
  await cutIntoChunks(send.id, trx)
  return tally(counted)
}

/** All addresses of a customer fall into one chunk, so that two drainers never meet. */
async function cutIntoChunks(sendId: number, trx: Transaction) {
  await execute(
    sql`insert into delivery_chunks (send_id, chunk, from_user, to_user, size)
      select ${sendId}, chunk, min(user_id), max(user_id), count(*)
      from (
        select user_id, (dense_rank() over (order by user_id) - 1) / ${CHUNK} as chunk
        from deliveries where send_id = ${sendId}
      ) ranked
      group by chunk
      on conflict do nothing`,
    trx
  )
}
