import { execute, sql, type Sql, type Transaction } from '#core/database'

/**
 * Counts the receipts of these customers anew: how many, for how much, first and last. Rejected and returned ones do not
 * count. `users` selects `user_id`.
 */
export async function refreshStatsOf(users: Sql, trx: Transaction) {
  await execute(
    sql`with touched as (select distinct t.user_id from (${users}) t order by 1)
      insert into user_stats (user_id, receipts_count, receipts_total, first_receipt_at, last_receipt_at)
      select t.user_id, count(r.id), coalesce(sum(r.total), 0), min(r.issued_at), max(r.issued_at)
      from touched t
      left join receipts r on r.user_id = t.user_id and r.status in ('accepted', 'checking')
      group by t.user_id
      on conflict (user_id) do update set
        receipts_count = excluded.receipts_count,
        receipts_total = excluded.receipts_total,
        first_receipt_at = excluded.first_receipt_at,
        last_receipt_at = excluded.last_receipt_at`,
    trx
  )
}
