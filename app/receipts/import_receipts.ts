import { execute, sql, type Sql, type Transaction } from '#core/database'
import { type ImportRules } from '#core/objects'
import { receiptAdded } from './signals.js'
import { refreshStatsOf } from './user_stats.js'

export const receiptImport: ImportRules = {
  match: ['user+number', 'number', 'id'],
  apply: async (stage, _mapped, trx) => {
    await refreshStatsOf(sql`select r.user_id from receipts r where r.id in (select id from ${stage})`, trx)
    await announceNew(stage, trx)
  },
}

export const lineImport: ImportRules = {
  match: ['receipt+code', 'id'],
  apply: async (stage, _mapped, trx) => {
    const receipts = sql`select distinct l.receipt_id from receipt_lines l where l.id in (select id from ${stage})`
    await addUpLines(receipts, trx)
    await refreshStatsOf(sql`select r.user_id from receipts r where r.id in (${receipts})`, trx)
  },
}

/** What a receipt comes to is the sum of its lines. */
async function addUpLines(receipts: Sql, trx: Transaction) {
  await execute(
    sql`with sums as (
        select l.user_id, l.receipt_id, sum(l.amount) as total, sum(l.discount) as discount, count(*) as lines_count
        from receipt_lines l where l.receipt_id in (${receipts}) group by l.user_id, l.receipt_id
      )
      update receipts r
      set total = s.total, discount = s.discount, lines_count = s.lines_count, updated_at = now()
      from sums s where r.user_id = s.user_id and r.id = s.receipt_id`,
    trx
  )
}

/**
 * Rows that this very transaction created carry its own time. They are gathered first: of a moment that it has never seen the planner
 * would expect one row, and compare every receipt with every line of the batch.
 */
async function announceNew(stage: Sql, trx: Transaction) {
  await receiptAdded.publishFrom(
    sql`with brought as materialized (
        select r.user_id, r.id, r.number, r.total, r.issued_at, r.created_at
        from receipts r where r.id in (select id from ${stage})
      )
      select user_id, issued_at as occurred_at,
        jsonb_build_object('receiptId', id, 'number', number, 'total', total) as payload
      from brought where created_at = now()`,
    trx
  )
}
