import { row, sql } from '#core/database'
import { abandon, type ClaimedRun } from './settle.js'

/** A waiting run is cancelled at once, a running one at its next checkpoint. Answers the state it is in now. */
export async function cancelRun(id: number) {
  const run = await row<ClaimedRun & { state: string }>(
    sql`update job_runs set cancel_requested_at = now(), updated_at = now(),
        state = case state when 'running' then 'stopping' else state end
      where id = ${id} and state in ('waiting', 'running')
      returning id, job, payload, inline, done, total, tries, state`
  )
  if (!run) return null
  if (run.state === 'waiting') await abandon(run, 'cancelled')
  return run.state === 'waiting' ? 'cancelled' : run.state
}
