import { recordChange } from '#core/audit'
import { sql, row, transaction, type Transaction } from '#core/database'
import { latestRun } from '#core/jobs'
import { type Actor } from '#core/objects'
import { recountJob } from './recount_job.js'
import { segmentOf } from './segment.js'

/**
 * Starts a recount and answers the id of its run; pressed again while one waits or runs, it answers that one. Dates of the filter
 * are read in `timezone`.
 */
export async function requestRecount(id: number, actor: Actor, timezone: string, outer?: Transaction): Promise<number> {
  if (!outer) return transaction((trx) => requestRecount(id, actor, timezone, trx))
  return outer.transaction(async (trx) => {
    await row(sql`select id from segments where id = ${id} for update`, trx)
    const segment = await segmentOf(id, trx)
    const subject = { object: 'segment', id }
    const going = await latestRun(subject, recountJob.name)
    if (going && !going.finished) return going.id

    await recordChange({ actor, action: 'segment.recount', object: 'segment', id }, trx)
    return recountJob.start({ segmentId: id, timezone }, { actor, trx, title: segment.name, subject })
  })
}
