import { row, sql, transaction } from '#core/database'
import { enqueue } from './enqueue.js'
import { jobs } from './registry.js'

/** Starts the daily jobs whose day has come, by the clock of the database; of many workers that ask at once, one starts each. */
export async function startDaily() {
  for (const job of jobs.all().filter(({ daily }) => daily)) await startOnceADay(job.name)
}

async function startOnceADay(name: string) {
  await transaction(async (trx) => {
    await row(sql`select pg_advisory_xact_lock(${DAILY}, hashtext(${name}))`, trx)
    const { day, started } = (await row<{ day: string; started: boolean }>(
      sql`select current_date as day, exists (
        select from job_runs where job = ${name} and title = current_date::text and staff_id is null
      ) as started`,
      trx
    ))!
    if (!started) await enqueue(name, {}, { actor: { staffId: null }, title: day, trx })
  })
}

/** First key of the advisory locks: what they are about. */
const DAILY = 131
