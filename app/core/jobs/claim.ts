import { row, sql } from '#core/database'
import { jobs } from './registry.js'
import { abandon, type ClaimedRun } from './settle.js'

/**
 * Takes a run that this process holds the lock of; undefined when there is nothing left to do for it. A row that still says
 * `running` was left so by a worker that died.
 */
export async function claim(id: number): Promise<ClaimedRun | undefined> {
  const claimed = await row<ClaimedRun & { cancelled: boolean }>(
    sql`update job_runs set state = 'running', tries = tries + 1, started_at = coalesce(started_at, now()),
        resumed_at = now(), done_when_resumed = done, beat_at = now(), updated_at = now()
      where id = ${id} and state in ('waiting', 'running', 'stopping')
      returning id, job, payload, inline, done, total, tries, cancel_requested_at is not null as cancelled`
  )
  if (!claimed) return
  if (claimed.cancelled) return abandon(claimed, 'cancelled')
  if (claimed.tries > triesOf(claimed.job)) return abandon(claimed, 'failed', 'Every worker that took it died')
  return claimed
}

const DEFAULT_RETRIES = 5

export function triesOf(job: string) {
  return 1 + (jobs.get(job).retries ?? DEFAULT_RETRIES)
}
