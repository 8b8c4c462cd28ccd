import { execute, row, sql, transaction } from '#core/database'
import { type Actor, type ObjectDefinition } from '#core/objects'
import { type FieldChange, type Selection } from './bulk_run.js'
import { bulkJob } from './bulk_job.js'

interface BulkRequest {
  action: string
  change?: FieldChange
  selection: Selection
  /** For those who see the run: what is done, with no value of anybody. */
  title: string
  /** For who asked: also with which rows. */
  words: string
}

/** Lets a worker do it and answers the id of the bulk run. Which rows they are is settled when it begins. */
export async function requestBulk(object: ObjectDefinition, { action, change, selection, title, words }: BulkRequest, actor: Actor): Promise<number> {
  return transaction(async (trx) => {
    const made = await row<{ id: number }>(
      sql`insert into bulk_runs (staff_id, object, action, change, selection, words)
        values (${actor.staffId}, ${object.name}, ${action}, ${change ? JSON.stringify(change) : null}::jsonb,
          ${JSON.stringify(selection)}::jsonb, ${words})
        returning id`,
      trx
    )
    const runId = await bulkJob.start({ bulkId: made!.id }, { actor, trx, title: title.slice(0, 300) })
    await execute(sql`update bulk_runs set run_id = ${runId} where id = ${made!.id}`, trx)
    return made!.id
  })
}
