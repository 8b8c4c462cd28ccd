import { execute, row, sql, type Transaction } from '#core/database'
import { keepApart } from '#core/objects'
import { collapse } from './collapse.js'
import { type Figures, type Range } from './figures.js'
import { matchRows } from './match_rows.js'
import { type Plan } from './plan.js'
import { rejectByRules } from './reject_by_rules.js'
import { resolveReferences } from './resolve_references.js'
import { batch, heads } from './tables.js'
import { countUnchanged, insertNew, updateExisting } from './write_rows.js'

/** Applies one batch by set-based statements, whole or not at all. */
export async function applyBatch(plan: Plan, range: Range, trx: Transaction): Promise<Figures> {
  if (plan.object.aliases) await keepApart(plan.object, trx)
  await execute(sql`drop table if exists ${batch}, ${heads}`, trx)
  const rows = await resolveReferences(plan, range, trx)
  await matchRows(plan, trx)
  await rejectByRules(plan, trx)
  await collapse(plan, trx)

  const accepted = await countOf(trx)
  const unchanged = await countUnchanged(plan, trx)
  const created = await insertNew(plan, trx)
  await updateExisting(plan, trx)
  await plan.object.importable!.apply?.(heads, plan.columns.map(({ field }) => field.name), trx, plan.actor)
  return { created, unchanged, updated: accepted - created - unchanged, rejected: rows - accepted }
}

async function countOf(trx: Transaction) {
  const counted = await row<{ rows: number }>(sql`select count(*) as rows from ${batch}`, trx)
  return counted!.rows
}
