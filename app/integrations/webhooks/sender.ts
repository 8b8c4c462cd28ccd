import logger from '@adonisjs/core/services/logger'
import { setTimeout as pause } from 'node:timers/promises'
import { claim, type Due } from './claim.js'
import { deliver } from './deliver.js'
import { record } from './record.js'

const IDLE_MS = 1000

/** Starts what is due and waits for none of it; answers what is under way now. */
export async function sendDue(): Promise<Promise<void>[]> {
  return (await claim()).map(send)
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

/** As soon as one is done there is room for another, so a slow system holds up no quick one. */
async function work(stop: AbortSignal) {
  const underWay = new Set<Promise<void>>()
  while (!stop.aborted) {
    const started = await sendDue().catch(report)
    for (const sending of started) {
      underWay.add(sending)
      void sending.then(() => underWay.delete(sending))
    }
    if (started.length === 0) await Promise.race([...underWay, pause(IDLE_MS, undefined, { signal: stop }).catch(() => undefined)])
  }
  await Promise.all(underWay)
}

/** A fault of ours leaves the message as it is; it is claimed again when its lease is over. */
async function send(message: Due) {
  try {
    await record(message, await deliver(message))
  } catch (error) {
    report(error)
  }
}

function report(error: unknown): [] {
  logger.error({ err: error }, 'a webhook could not be sent')
  return []
}
