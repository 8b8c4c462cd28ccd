import { recordChange } from '#core/audit'
import { execute, row, sql, transaction } from '#core/database'
import { defineJob, type Run } from '#core/jobs'
import { applyRange } from './apply/apply_range.js'
import { nextRange } from './apply/next_range.js'
import { planOf, tablesOf, type Plan } from './apply/plan.js'
import { stageFile } from './apply/stage_file.js'
import { findImport, type ImportRow } from './find_import.js'
import { writeRejectFile } from './reject_file.js'

/**
 * Stages the file once, then applies it in batches, each with the place that was reached in one transaction: a worker that dies costs
 * at most the batch in its hands, and no row counts twice.
 */
export const applyJob = defineJob<{ importId: number }>({
  name: 'imports.apply',
  async run(run, { importId }) {
    const started = await begin(importId)
    if (!started) return
    const plan = await stageOnce(started, run)
    await applyAll(plan, run)
    await finish(importId, run)
  },
  async abandoned({ importId }, outcome, trx) {
    await execute(
      sql`update imports set state = ${outcome}, finished_at = now(), updated_at = now()
        where id = ${importId} and state <> 'done'`,
      trx
    )
    const { stage, repeats } = tablesOf(importId)
    await execute(sql`drop table if exists ${stage}, ${repeats}`, trx)
  },
})

async function begin(importId: number) {
  await execute(
    sql`update imports set state = 'running', started_at = coalesce(started_at, now()), finished_at = null, updated_at = now()
      where id = ${importId} and state <> 'done'`
  )
  const found = await findImport(importId)
  return found?.state === 'running' && found.fileId ? found : null
}

/** The stage of an earlier try is taken over, unless a restart of PostgreSQL emptied it: it keeps no log of such tables. */
async function stageOnce(started: ImportRow, run: Run): Promise<Plan> {
  const { id, object, settings, fileId, lines } = started
  const plan = await planOf(id, object, settings)
  const kept = lines === null ? null : await whatIsStaged(plan)
  if (kept && kept.lines === lines) return { ...plan, repeating: kept.repeating }

  await run.log(settings.locale === 'ru' ? 'Чтение файла' : 'Reading the file')
  return transaction(async (trx) => {
    const watch = { signal: run.signal, onLines: (count: number) => run.progress(count) }
    const staged = await stageFile(plan, fileId!, trx, watch)
    if (lines === null) {
      await execute(
        sql`update imports set lines = ${staged.lines}, rejected_rows = ${staged.rejected}, updated_at = now()
          where id = ${id}`,
        trx
      )
    }
    return { ...plan, repeating: staged.repeating }
  })
}

async function whatIsStaged({ stage, repeats }: Plan) {
  const there = await row<{ there: boolean }>(
    sql`select to_regclass(${stage.sql}) is not null and to_regclass(${repeats.sql}) is not null as there`
  )
  if (!there!.there) return null
  return row<{ lines: number; repeating: boolean }>(
    sql`select count(*) as lines, exists (select from ${repeats}) as repeating from ${stage}`
  )
}

async function applyAll(plan: Plan, run: Run) {
  for (;;) {
    await run.checkpoint()
    const { accepted, lines, more } = await applyNext(plan)
    await run.progress(accepted, lines)
    if (!more) return
  }
}

/** One batch, and how far the import has come with it. The row of the import is the fence: whoever holds it may go on. */
async function applyNext(plan: Plan) {
  return transaction(async (trx) => {
    const at = await row<{ applied: number; lines: number }>(
      sql`select applied_line as applied, lines from imports where id = ${plan.importId} for update`,
      trx
    )
    const range = await nextRange(plan, at!.applied, trx)
    if (!range) return { accepted: at!.lines, lines: at!.lines, more: false }

    const { created, updated, unchanged, rejected } = await applyRange(plan, range, trx)
    const now = await row<{ accepted: number }>(
      sql`update imports set applied_line = ${range.last}, created_rows = created_rows + ${created},
          updated_rows = updated_rows + ${updated}, unchanged_rows = unchanged_rows + ${unchanged},
          rejected_rows = rejected_rows + ${rejected}, updated_at = now()
        where id = ${plan.importId}
        returning created_rows + updated_rows + unchanged_rows + rejected_rows as accepted`,
      trx
    )
    return { accepted: now!.accepted, lines: at!.lines, more: true }
  })
}

async function finish(importId: number, run: Run) {
  const applied = (await findImport(importId))!
  const { rejected, staffId, object, name } = applied
  const rejectFileId = rejected
    ? await writeRejectFile({ id: importId, name, object, fileId: applied.fileId!, settings: applied.settings }, staffId)
    : null
  const figures = {
    lines: applied.lines!,
    created: applied.created,
    updated: applied.updated,
    unchanged: applied.unchanged,
    rejected,
  }
  await transaction(async (trx) => {
    const { stage, repeats } = tablesOf(importId)
    await execute(sql`drop table if exists ${stage}, ${repeats}`, trx)
    await execute(
      sql`update imports set state = 'done', reject_file_id = ${rejectFileId}, finished_at = now(), updated_at = now()
        where id = ${importId}`,
      trx
    )
    await recordChange(
      { actor: { staffId }, action: 'import', object, id: null, after: { import: importId, file: name, ...figures } },
      trx
    )
  })
  await run.result({ ...figures, rejectFileId })
}
