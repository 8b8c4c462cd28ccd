import { execute, sql, type Sql, type Transaction } from '#core/database'

/**
 * Counts the receipts of these customers anew: how many, for how much, first and last. Rejected and returned ones do not
 * count; those of a merged customer count for who they are now. `users` selects `user_id`.
 */
export async function refreshStatsOf(users: Sql, trx: Transaction) {
  await execute(
    sql`with touched as (
        select distinct coalesce(a.canonical_id, t.user_id) as user_id
        from (${users}) t left join user_aliases a on a.user_id = t.user_id order by 1
      ),
      known as (
        select user_id, user_id as known_as from touched
        union all select t.user_id, a.user_id from touched t join user_aliases a on a.canonical_id = t.user_id
      )
      insert into user_stats (user_id, receipts_count, receipts_total, first_receipt_at, last_receipt_at)
      select k.user_id, count(r.id), coalesce(sum(r.total), 0), min(r.issued_at), max(r.issued_at)
      from known k
      left join receipts r on r.user_id = k.known_as and r.status in ('accepted', 'checking')
      group by k.user_id
      on conflict (user_id) do update set
        receipts_count = excluded.receipts_count,
        receipts_total = excluded.receipts_total,
        first_receipt_at = excluded.first_receipt_at,
        last_receipt_at = excluded.last_receipt_at`,
    trx
  )
}
