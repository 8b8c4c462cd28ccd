import { PgBoss, type Queue } from 'pg-boss'
import config from '#config/jobs'
import { connection } from '#config/pg'
import { jobs } from './registry.js'

/** Where a queue puts what killed every worker that took it. */
export const DEAD_LETTERS = 'jobs.dead'

const LONGEST_HOURS = 24

/**
 * Failures are counted and retried by our own rows; the queue's retries are for workers that died, so they come soon. A run that
 * outlives the longest time the queue knows is handed over to another worker.
 */
const rules: Omit<Queue, 'name'> = {
  retryLimit: 10,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 15,
  heartbeatSeconds: config.heartbeatSeconds,
  expireInSeconds: LONGEST_HOURS * 3600,
  deadLetter: DEAD_LETTERS,
  notify: true,
}

/** Installs the queue's tables and makes one queue for each job; safe to repeat, and by several at once. */
export async function prepareQueues() {
  const queue = new PgBoss({ ...connection, schema: config.schema, max: 2, supervise: false, schedule: false })
  queue.on('error', () => {})
  await queue.start()
  try {
    await queue.createQueue(DEAD_LETTERS, { retryLimit: 5, retryBackoff: true, notify: true })
    for (const { name } of jobs.all()) {
      await queue.createQueue(name, rules)
      await queue.updateQueue(name, rules)
    }
  } finally {
    await queue.stop({ graceful: false })
  }
}
