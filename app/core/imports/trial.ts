import { execute, sql, transaction, type Transaction } from '#core/database'
import { defineJob, type Run } from '#core/jobs'
import { applyRange } from './apply/apply_range.js'
import { nothing, sum, type Figures } from './apply/figures.js'
import { nextRange } from './apply/next_range.js'
import { planOf } from './apply/plan.js'
import { stageFile } from './apply/stage_file.js'
import { findImport, type ImportRow } from './find_import.js'
import { rejectsAfter } from './rejects.js'
import { type Trial } from './trial_outcome.js'

const TRIAL_ROWS = 10_000
const ERRORS_SHOWN = 50

/** Does the whole import on the beginning of the file, looks what came of it, and takes everything back. */
export const trialJob = defineJob<{ importId: number; whole?: boolean }>({
  name: 'imports.trial',
  retries: 1,
  async run(run, { importId, whole }) {
    const row = await findImport(importId)
    if (!row?.fileId) return
    const trial = await tryOut(row, run, whole ? undefined : TRIAL_ROWS)
    await execute(sql`update imports set trial = ${JSON.stringify(trial)}::jsonb, updated_at = now() where id = ${importId}`)
    await run.progress(trial.lines, trial.lines)
    await run.result({ ...trial, errors: trial.errors.length })
  },
})

async function tryOut(row: ImportRow, run: Run, limit?: number): Promise<Trial> {
  let trial: Trial | undefined
  const undone = new Error('A trial leaves nothing behind')
  try {
    await transaction(async (trx) => {
      trial = await rehearse(row, run, trx, limit)
      throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
  }
  return trial!
}

async function rehearse({ id, object, settings, fileId }: ImportRow, run: Run, trx: Transaction, limit?: number) {
  await execute(sql`delete from import_rejects where import_id = ${id}`, trx)
  const plan = await planOf(id, object, settings, trx)
  const watch = { signal: run.signal, limit, onLines: (lines: number) => run.progress(lines) }
  const staged = await stageFile(plan, fileId!, trx, watch)
  plan.repeating = staged.repeating

  let figures: Figures = { ...nothing, rejected: staged.rejected }
  for (let range = await nextRange(plan, 0, trx); range; range = await nextRange(plan, range.last, trx)) {
    run.signal.throwIfAborted()
    figures = sum(figures, await applyRange(plan, range, trx))
  }
  const errors = await rejectsAfter(id, 0, ERRORS_SHOWN, trx)
  return { ...figures, lines: staged.lines, partial: limit !== undefined && staged.lines >= limit, errors }
}
