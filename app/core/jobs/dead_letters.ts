import { identifier, row, rows, sql, transaction } from '#core/database'
import config from '#config/jobs'
import { DEAD_LETTERS } from './queues.js'
import { send } from './sender.js'

/** A message that nobody could work on, not even from the queue of dead letters. */
interface DeadLetter {
  id: string
  at: Date
  runId: number | null
  title: string | null
  job: string | null
}

const queued = identifier(config.schema, 'job')

/** The newest first; a few are enough to see what is wrong. */
export async function deadLetters(limit = 20): Promise<DeadLetter[]> {
  const { there } = (await row<{ there: boolean }>(sql`select to_regclass(${`${config.schema}.job`}) is not null as there`))!
  if (!there) return []
  return rows<DeadLetter>(
    sql`select dead.id, dead.created_on as at, runs.id as "runId", runs.title, runs.job
      from ${queued} dead left join job_runs runs on runs.id = (dead.data ->> 'run')::bigint
      where dead.name = ${DEAD_LETTERS} and dead.state = 'failed'
      order by dead.created_on desc limit ${limit}`
  )
}

/** Puts the run of a dead letter back into the queue of its job, with its tries forgotten. False when somebody else was quicker. */
export async function redrive(id: string): Promise<boolean> {
  return transaction(async (trx) => {
    const dead = await row<{ run: number | null }>(
      sql`delete from ${queued} where id = ${id}::uuid and name = ${DEAD_LETTERS} and state = 'failed'
        returning (data ->> 'run')::bigint as run`,
      trx
    )
    if (!dead) return false
    const run = await row<{ job: string }>(
      sql`update job_runs set state = 'waiting', tries = 0, error = null, cancel_requested_at = null, finished_at = null,
          inline = false, updated_at = now()
        where id = ${dead.run} and state <> 'done' returning job`,
      trx
    )
    if (run) await send(run.job, dead.run!, trx)
    return true
  })
}
