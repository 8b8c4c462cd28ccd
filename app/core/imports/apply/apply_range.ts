import { execute, row, sql, type Transaction } from '#core/database'
import { InvalidFields, type ObjectDefinition } from '#core/objects'
import { type Reason } from '../mapping/compile_row.js'
import { applyBatch } from './apply_batch.js'
import { nothing, sum, type Figures, type Range } from './figures.js'
import { type Plan } from './plan.js'

/**
 * Applies lines of the stage. Where PostgreSQL itself refuses the batch (a constraint that no rule foresaw), it is halved until the
 * row to blame stands alone: that one is rejected, and the others lose nothing.
 */
export async function applyRange(plan: Plan, range: Range, trx: Transaction): Promise<Figures> {
  try {
    return await trx.transaction((inner) => applyBatch(plan, range, inner))
  } catch (error) {
    if (!isAboutValues(error)) throw error
    const middle = await middleOf(plan, range, trx)
    if (middle === null) return rejectAll(plan, range, reasonOf(error, plan.object), trx)

    const first = await applyRange(plan, { after: range.after, last: middle }, trx)
    return sum(first, await applyRange(plan, { after: middle, last: range.last }, trx))
  }
}

/** SQLSTATE classes of data exceptions and broken constraints. */
function isAboutValues(error: unknown) {
  if (error instanceof InvalidFields) return true
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^(22|23)...$/.test(code)
}

/** The line that ends the first half; null when there is but one row. */
async function middleOf({ stage }: Plan, { after, last }: Range, trx: Transaction) {
  const found = await row<{ middle: number; rows: number }>(
    sql`select percentile_disc(0.5) within group (order by line) as middle, count(*) as rows
      from ${stage} where line > ${after} and line <= ${last} and refused is null`,
    trx
  )
  return found!.rows > 1 ? found!.middle : null
}

async function rejectAll({ stage, importId }: Plan, { after, last }: Range, reason: Reason, trx: Transaction) {
  const rejected = await execute(
    sql`insert into import_rejects (import_id, line, reasons)
      select ${importId}, line, ${JSON.stringify([reason])}::jsonb
      from ${stage} where line > ${after} and line <= ${last} and refused is null`,
    trx
  )
  return { ...nothing, rejected }
}

function reasonOf(error: unknown, object: ObjectDefinition): Reason {
  const named = error instanceof InvalidFields ? error : InvalidFields.from(error, object)
  if (!named) return { code: 'refused' }
  const [field, { code, params }] = Object.entries(named.errors)[0]
  return { field, code, params }
}
