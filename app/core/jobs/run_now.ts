import app from '@adonisjs/core/services/app'
import { type Watcher } from './active_run.js'
import { type Job } from './define_job.js'
import { record } from './enqueue.js'
import { JobCancelled } from './interruptions.js'
import { cancelRun } from './cancel_run.js'
import { type StartOptions } from './start_options.js'
import { workOn } from './work_on.js'

/**
 * Works a job in this very process, with a run of its own that people see on the page of jobs; for commands and tests. Throws
 * what the job threw. A run whose process is killed is finished by a worker.
 */
export async function runNow<Payload extends object>(
  job: Job<Payload>,
  payload: Payload,
  { watcher, ...options }: StartOptions & { watcher?: Watcher }
): Promise<number> {
  const id = await record(job.name, payload, options, options.trx, true)
  let over = false
  app.terminating(async () => {
    if (!over) await cancelRun(id)
  })
  const error = await workOn(id, new AbortController().signal, watcher)
  over = true
  if (error instanceof JobCancelled) throw new JobCancelled()
  if (error) throw error
  return id
}

/** Progress and log of a run as lines, for people at a terminal. */
export function reportTo(stream: NodeJS.WritableStream): Watcher {
  let said = 0
  return {
    onLog: (line) => stream.write(`${line}\n`),
    onProgress(done, total) {
      if (Date.now() - said < 1000) return
      said = Date.now()
      stream.write(total ? `${done} / ${total}\n` : `${done}\n`)
    },
  }
}
