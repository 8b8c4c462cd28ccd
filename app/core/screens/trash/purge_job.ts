import { identifier, rows, sql, transaction } from '#core/database'
import { defineJob } from '#core/jobs'
import { DAYS_IN_TRASH, deleted, DomainError, objects, purge, table, type ObjectDefinition } from '#core/objects'

const BATCH = 500

/** Deletes for good what has lain in the trash long enough. */
export const purgeJob = defineJob({
  name: 'trash.purge',
  daily: true,
  async run(run) {
    let purged = 0
    for (const object of objects.all().filter(({ trash }) => trash)) {
      for (let after = 0, ids = await overdue(object, after); ids.length; ids = await overdue(object, after)) {
        for (const id of ids) purged += await gone(object, id)
        after = ids.at(-1)!
        await run.progress(purged)
        await run.checkpoint()
      }
    }
    await run.result({ purged })
  },
})

async function overdue(object: ObjectDefinition, after: number) {
  const found = await rows<{ id: number }>(
    sql`select t.id from ${identifier(object.table)} ${table}
      where ${deleted(object)} and t.deleted_at < now() - make_interval(days => ${DAYS_IN_TRASH}) and t.id > ${after}
      order by t.id limit ${BATCH}`
  )
  return found.map(({ id }) => id)
}

/** A row that something still points at waits for that to go first. */
async function gone(object: ObjectDefinition, id: number): Promise<number> {
  try {
    return await transaction(async (trx) => ((await purge(object, id, trx)) ? 1 : 0))
  } catch (error) {
    if (error instanceof DomainError || (error as { code?: string }).code === HELD) return 0
    throw error
  }
}

/** SQLSTATE of a foreign key that holds. */
const HELD = '23503'
