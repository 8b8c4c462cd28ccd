import { execute, sql, transaction } from '#core/database'
import { jobs } from './registry.js'
import { send } from './sender.js'

const LONGEST_DELAY_SECONDS = 300

export interface ClaimedRun {
  id: number
  job: string
  payload: object
  /** Worked by the process that made it, which reports a failure itself instead of trying again. */
  inline: boolean
  done: number
  total: number | null
  tries: number
}

type Ended = Pick<ClaimedRun, 'id' | 'job' | 'payload'>

export async function finish({ id }: Ended) {
  await execute(
    sql`update job_runs set state = 'done', error = null, finished_at = now(), updated_at = now() where id = ${id}`
  )
}

/** Back to the queue at once, and not counted as a try: the worker is stopping, the work is sound. */
export async function giveBack({ id, job }: Ended) {
  await transaction(async (trx) => {
    await execute(
      sql`update job_runs set state = 'waiting', tries = greatest(tries - 1, 0), updated_at = now() where id = ${id}`,
      trx
    )
    await send(job, id, trx)
  })
}

/** Back to the queue after a failure, later each time. */
export async function retryLater({ id, job, tries }: ClaimedRun, error: Error) {
  await transaction(async (trx) => {
    await execute(
      sql`update job_runs set state = 'waiting', error = ${sentence(error)}, updated_at = now() where id = ${id}`,
      trx
    )
    await send(job, id, trx, { startAfter: Math.min(2 ** tries, LONGEST_DELAY_SECONDS) })
  })
}

/** Ends a run that did not reach its end and lets its job tidy up. */
export async function abandon({ id, job, payload }: Ended, outcome: 'failed' | 'cancelled', error?: string) {
  await transaction(async (trx) => {
    await execute(
      sql`update job_runs set state = ${outcome}, error = ${error ?? null}, finished_at = now(), updated_at = now()
        where id = ${id}`,
      trx
    )
    await jobs.get(job).abandoned?.(payload, outcome, trx)
  })
  return undefined
}

export function sentence(error: Error) {
  return error.message.split('\n')[0].replaceAll('\0', '').slice(0, 1000)
}
