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

/** Rows that this very transaction created carry its own time. */
async function announceNew(stage: Sql, trx: Transaction) {
  await receiptAdded.publishFrom(
    sql`select r.user_id, r.issued_at as occurred_at,
        jsonb_build_object('receiptId', r.id, 'number', r.number, 'total', r.total) as payload
      from receipts r where r.id in (select id from ${stage}) and r.created_at = now()`,
    trx
  )
}
