import { may, onBehalfOf } from '#core/access'
import { execute, sql } from '#core/database'
import { defineJob, type Run } from '#core/jobs'
import { objects, type ObjectDefinition } from '#core/objects'
import { actionsFor, changeableFields } from './actions.js'
import { findBulk, type BulkRun } from './bulk_run.js'
import { deedOf } from './deeds.js'
import { freeze } from './freeze.js'
import { workOnBatch } from './work_on_batch.js'

/** Does one thing with many rows, batch by batch, with the rights that the person has while it goes on. */
export const bulkJob = defineJob<{ bulkId: number }>({
  name: 'bulk.work',
  concurrency: 2,
  async run(run, { bulkId }) {
    const bulk = await begin(bulkId)
    if (!bulk) return
    const person = await onBehalfOf(bulk.staffId)
    const object = objects.get(bulk.object)
    if (!person || !allowed(object, bulk, person)) return refuse(bulk, run)

    const total = await freeze(bulk, person.reader)
    const actor = { staffId: bulk.staffId, trace: `bulk ${bulk.id}` }
    const work = { bulk, object, deed: deedOf(object, bulk, actor, person.reader), reader: person.reader }
    for (let done = bulk.done + bulk.same + bulk.skipped; ; ) {
      await run.checkpoint()
      const worked = await workOnBatch(work)
      if (!worked) break
      await run.progress((done += worked), total)
    }
    await finish(bulk, run)
  },
  async abandoned({ bulkId }, outcome, trx) {
    await execute(sql`update bulk_runs set state = ${outcome}, updated_at = now() where id = ${bulkId} and state <> 'done'`, trx)
  },
})

async function begin(id: number) {
  const begun = await execute(sql`update bulk_runs set state = 'running', updated_at = now() where id = ${id} and state <> 'done'`)
  return begun ? findBulk(id) : undefined
}

type Person = NonNullable<Awaited<ReturnType<typeof onBehalfOf>>>

function allowed(object: ObjectDefinition, { action, change }: BulkRun, person: Person) {
  const known = actionsFor(object, person).some(({ name }) => name === action)
  const field = !change || changeableFields(object, person.reader).some(({ name }) => name === change.field)
  return known && field && may(person.staff, 'read', object.name)
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
