import { execute, sql, type Sql, type Transaction } from '#core/database'
import { type Origin } from '../consents/said_by.js'

/**
 * Whoever withdraws the consent to processing is to be erased within ten working days (F39). `asking` selects `user_id`; one open request
 * of a customer is enough.
 */
export async function requestErasure(asking: Sql, { source, staffId }: Origin, trx: Transaction) {
  await execute(
    sql`insert into privacy_requests (user_id, kind, reason, source, staff_id)
      select distinct a.user_id, 'erasure', 'withdrawn', ${source}, ${staffId ?? null}::bigint
      from (${asking}) a join users u on u.id = a.user_id and u.erased_at is null
      on conflict (user_id, kind) where state in ('open', 'running') do nothing`,
    trx
  )
}
