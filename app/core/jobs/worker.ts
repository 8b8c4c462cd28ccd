import logger from '@adonisjs/core/services/logger'
import { PgBoss, type Job as Message } from 'pg-boss'
import config from '#config/jobs'
import { connection } from '#config/pg'
import { type Job } from './define_job.js'
import { startDaily } from './daily.js'
import { DEAD_LETTERS } from './queues.js'
import { jobs } from './registry.js'
import { rescueOrphans } from './rescue.js'
import { workerName } from './workers_alive.js'
import { workOn } from './work_on.js'

let queue: PgBoss | undefined
let stopping = new AbortController()
let watching: NodeJS.Timeout | undefined

/** Takes runs from the queues of all jobs until `stopWorker`. The queues must be there: `prepareQueues`. */
export async function startWorker() {
  stopping = new AbortController()
  queue = new PgBoss({
    ...connection,
    application_name: workerName(),
    schema: config.schema,
    max: config.connections,
    useListenNotify: true,
    monitorIntervalSeconds: config.monitorIntervalSeconds,
    superviseIntervalSeconds: config.monitorIntervalSeconds,
  })
  queue.on('error', (error) => logger.error({ err: error }, 'the queue of jobs failed'))
  await queue.start()

  for (const job of jobs.all()) await listen(queue, job)
  await queue.work(DEAD_LETTERS, { pollingIntervalSeconds: 10 }, takeUp)
  watching = setInterval(() => void watch(), config.monitorIntervalSeconds * 1000)
  await watch()
}

/** Runs in hand stop at their next checkpoint and go back to the queue; what does not stop in time is found by its lock. */
export async function stopWorker() {
  clearInterval(watching)
  stopping.abort()
  await queue?.stop({ graceful: true, timeout: config.stopTimeoutMs })
  queue = undefined
}

async function listen(to: PgBoss, job: Job) {
  /** A worker that found one run looks for the next at once; only an empty queue is asked less often. */
  const options = { batchSize: 1, localConcurrency: job.concurrency ?? 1, pollingIntervalSeconds: 2, burstWhenBatchFull: true }
  await to.work<{ run: number }>(job.name, { ...options, notifyPollingIntervalSeconds: 5 }, takeUp)
}

/** The queue may give a message up (too long, no heartbeat) while the work goes on: then the run stops as well. */
async function takeUp([message]: Message<{ run: number }>[]) {
  await workOn(message.data.run, AbortSignal.any([stopping.signal, message.signal]))
}

/** What is late here is done at the next look, so a failure is only told. */
async function watch() {
  try {
    await rescueOrphans()
    await startDaily()
  } catch (error) {
    logger.warn({ err: error }, 'orphaned and daily runs could not be looked for')
  }
}
