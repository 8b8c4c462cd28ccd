import { onBehalfOf } from '#core/access'
import { execute, sql } from '#core/database'
import { everything, mayAsk } from '#core/filters'
import { defineJob, type Run } from '#core/jobs'
import { objects } from '#core/objects'
import { actionsFor, fieldsOf } from './actions.js'
import { findBulk, type BulkRun } from './bulk_run.js'
import { freeze } from './freeze.js'
import { workOnBatch } from './work_on_batch.js'

/** Does one thing with many rows, batch by batch, as long as the person may do it and may ask for such rows. */
export const bulkJob = defineJob<{ bulkId: number }>({
  name: 'bulk.work',
  concurrency: 2,
  async run(run, { bulkId }) {
    const bulk = await begin(bulkId)
    if (!bulk) return
    let allowed = await whoMay(bulk)
    const total = allowed && (await freeze(bulk, allowed.reader))
    for (let done = bulk.done + bulk.same + bulk.skipped; allowed; allowed = await whoMay(bulk)) {
      await run.checkpoint()
      const worked = await workOnBatch(bulk, allowed)
      if (!worked) return finish(bulk, run)
      await run.progress((done += worked), total)
    }
    return refuse(bulk, run)
  },
  async abandoned({ bulkId }, outcome, trx) {
    await execute(sql`update bulk_runs set state = ${outcome}, updated_at = now() where id = ${bulkId} and state <> 'done'`, trx)
  },
})

async function begin(id: number) {
  const begun = await execute(sql`update bulk_runs set state = 'running', updated_at = now() where id = ${id} and state <> 'done'`)
  return begun ? findBulk(id) : undefined
}

/** Who asked for it, if they still may do it with rows found so: asked before every batch, since rights change meanwhile. */
async function whoMay({ staffId, object: name, action, change, selection }: BulkRun) {
  const person = await onBehalfOf(staffId)
  if (!person || !objects.has(name)) return undefined
  const object = objects.get(name)
  const known = actionsFor(object, person).find((one) => one.name === action)
  const field = !change || (known && fieldsOf(known, object, person.reader).some((one) => one.name === change.field))
  const asked = selection.ids ? { ...selection, filter: everything, search: '' } : selection
  return known && field && (await mayAsk(person, { ...asked, object })) ? { object, reader: person.reader } : undefined
}

/** Trying again would not give them the right. */
async function refuse({ id }: BulkRun, run: Run) {
  await execute(sql`update bulk_runs set state = 'failed', updated_at = now() where id = ${id}`)
  await run.log('Who asked for it may not do it any more')
}

async function finish({ id }: BulkRun, run: Run) {
  await execute(sql`update bulk_runs set state = 'done', updated_at = now() where id = ${id}`)
  const { total, done, same, skipped } = (await findBulk(id))!
  await run.result({ total, done, same, skipped })
}
