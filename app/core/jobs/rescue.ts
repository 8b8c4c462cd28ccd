import { execute, identifier, rows, sql, transaction } from '#core/database'
import config from '#config/jobs'
import { RUN_LOCKS } from './run_lock.js'
import { send } from './sender.js'

const SETTLED_AFTER_SECONDS = 2

/**
 * Runs that say `running` while nobody holds their lock: their worker is dead. They go back to the queue without waiting for its
 * heartbeat to time out. One that is picked up twice is worked once, since the lock and the row decide.
 */
export async function rescueOrphans() {
  const orphans = await rows<{ id: number; job: string }>(
    sql`select id, job from job_runs
      where state in ('running', 'stopping') and beat_at < now() - ${SETTLED_AFTER_SECONDS} * interval '1 second'
        and not exists (
          select from pg_locks
          where locktype = 'advisory' and classid = ${RUN_LOCKS} and objid = job_runs.id::oid and objsubid = 2
            and database = (select oid from pg_database where datname = current_database())
        )`
  )
  for (const orphan of orphans) await putBack(orphan)
  await resendLost()
}

async function putBack({ id, job }: { id: number; job: string }) {
  await transaction(async (trx) => {
    const changed = await execute(
      sql`update job_runs set state = 'waiting', inline = false, updated_at = now()
        where id = ${id} and state in ('running', 'stopping')`,
      trx
    )
    if (changed) await send(job, id, trx)
  })
}

const LOST_AFTER_SECONDS = 600

/** A waiting run whose message is gone from the queue (it was purged, or a dead letter) would wait for ever. */
async function resendLost() {
  const lost = await rows<{ id: number; job: string }>(
    sql`select id, job from job_runs
      where state = 'waiting' and updated_at < now() - ${LOST_AFTER_SECONDS} * interval '1 second'
        and not exists (
          select from ${identifier(config.schema, 'job')} queued
          where queued.name = job_runs.job and queued.state < 'completed' and (queued.data ->> 'run')::bigint = job_runs.id
        )`
  )
  for (const { id, job } of lost) await transaction((trx) => send(job, id, trx))
}
