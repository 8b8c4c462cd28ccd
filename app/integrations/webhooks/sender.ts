import logger from '@adonisjs/core/services/logger'
import { setTimeout as pause } from 'node:timers/promises'
import { claim } from './claim.js'
import { deliver } from './deliver.js'
import { record } from './record.js'

const IDLE_MS = 1000

/** Sends what is due, all of one claim at the same time; answers how many there were. */
export async function sendDue(): Promise<number> {
  const due = await claim()
  await Promise.all(due.map(async (message) => record(message, await deliver(message))))
  return due.length
}

/** Works beside the jobs of a worker, of which there may be many. Answers how it is stopped: what is under way is finished first. */
export async function startSender(): Promise<() => Promise<void>> {
  const stop = new AbortController()
  const working = work(stop.signal)
  return async () => {
    stop.abort()
    await working
  }
}

async function work(stop: AbortSignal) {
  while (!stop.aborted) {
    const sent = await sendDue().catch((error) => {
      logger.error({ err: error }, 'webhooks could not be sent')
      return 0
    })
    if (!sent) await pause(IDLE_MS, undefined, { signal: stop }).catch(() => undefined)
  }
}
