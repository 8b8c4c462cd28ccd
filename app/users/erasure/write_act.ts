import { row, rows, sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { type Destroyed } from './erase_rows.js'
import { type PrivacyRequest } from './privacy_request.js'

/** An entry of the logs that proves what was done, without saying what it was done to. */
interface Entry {
  at: string
  entry: string
  what: string
  by: number | null
}

/**
 * The act of destruction with its extract of the logs (order 179 of Roskomnadzor, 2022): kept three years. Answers its id. It is written last,
 * when nothing names the person any more.
 */
export async function writeAct(request: PrivacyRequest, ids: number[], destroyed: Destroyed[], { staffId }: Actor, trx: Transaction) {
  const entries = await extract(request, ids, trx)
  const act = await row<{ id: number }>(
    sql`insert into erasure_acts (request_id, user_id, number, reason, destroyed, extract, staff_id)
      values (${request.id}, ${request.userId}, to_char(now(), 'YYYY') || '-' || ${String(request.id)},
        (select reason from privacy_requests where id = ${request.id}), ${JSON.stringify(destroyed)}::jsonb, ${JSON.stringify(entries)}::jsonb, ${staffId})
      returning id`,
    trx
  )
  return act!.id
}

function extract(request: PrivacyRequest, ids: number[], trx: Transaction): Promise<Entry[]> {
  return rows<Entry>(
    sql`select at, entry, what, "by" from (
        select created_at as at, 'consent' as entry, kind || case when value then ' +' else ' -' end as what, staff_id as "by"
        from consent_log where user_id = any(${ids}::bigint[])
        union all
        select created_at, 'audit', action, staff_id from audit_log where object = 'user' and record_id = any(${ids}::bigint[])
        union all
        select created_at, 'request', kind, staff_id from privacy_requests where id = ${request.id}
        union all
        select clock_timestamp(), 'erasure', 'done', null
      ) entries
      order by at limit 500`,
    trx
  )
}
