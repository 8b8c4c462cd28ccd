import logger from '@adonisjs/core/services/logger'
import { readChanges } from '#core/objects'
import { refreshSettings } from '#core/settings'
import { ActiveRun, type Watcher } from './active_run.js'
import { claim, triesOf } from './claim.js'
import { JobCancelled, JobStopped } from './interruptions.js'
import { jobs } from './registry.js'
import { lockRun } from './run_lock.js'
import { abandon, finish, giveBack, retryLater, sentence, type ClaimedRun } from './settle.js'

/**
 * Works on a run until it is done, fails, is cancelled or `stopping` is aborted. A run that others have ended is left alone. Never
 * throws for what the job threw; answers it, so that whoever works inline can tell.
 */
export async function workOn(runId: number, stopping: AbortSignal, watcher?: Watcher): Promise<Error | null> {
  const loss = new AbortController()
  const lock = await lockRun(runId, stopping, () => loss.abort())
  if (!lock) return new JobStopped()

  try {
    const claimed = await claim(runId)
    return claimed ? await attempt(claimed, AbortSignal.any([stopping, loss.signal]), watcher) : null
  } finally {
    await lock.release()
  }
}

async function attempt(claimed: ClaimedRun, stopping: AbortSignal, watcher?: Watcher) {
  const run = new ActiveRun(claimed.id, claimed, watcher)
  const stop = () => run.interrupt(new JobStopped())
  stopping.addEventListener('abort', stop, { once: true })
  if (stopping.aborted) stop()

  const error = await outcomeOf(run, claimed)
  stopping.removeEventListener('abort', stop)
  await run.end()
  await settle(claimed, run, error)
  return error
}

async function outcomeOf(run: ActiveRun, { job, payload }: ClaimedRun): Promise<Error | null> {
  try {
    await readChanges()
    await refreshSettings()
    await jobs.get(job).run(run, payload)
    return null
  } catch (error) {
    const reason = run.signal.aborted && error === run.signal.reason ? run.signal.reason : error
    return reason instanceof Error ? reason : new Error(String(reason))
  }
}

/** What the job threw while it was being interrupted is most often the interruption in other words: a broken stream. */
async function settle(claimed: ClaimedRun, run: ActiveRun, error: Error | null) {
  const reason = error && run.signal.aborted ? (run.signal.reason as Error) : error
  if (!reason) return finish(claimed)
  if (reason instanceof JobStopped) return giveBack(claimed)
  if (reason instanceof JobCancelled) return abandon(claimed, 'cancelled')

  logger.error({ err: reason, job: claimed.job, run: claimed.id }, 'a job failed')
  await run.log(reason.stack ?? reason.message)
  if (!claimed.inline && claimed.tries < triesOf(claimed.job)) return retryLater(claimed, reason)
  return abandon(claimed, 'failed', sentence(reason))
}
