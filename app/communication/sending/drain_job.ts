import { defineJob } from '#core/jobs'
import { Drain } from './drain.js'
import { providerOf } from './provider.js'
import { findSend, moveSend, type Frozen, type Send } from './send.js'

/** Sends that this worker drains. */
const draining = new Set<number>()

/**
 * Sends the mails of a send until none is left, beside those of other sends: one whose provider cannot be reached must hold up nobody
 * else. A worker runs one drainer of a send, since a second would only share its processor and double what a crash can repeat.
 */
export const drainJob = defineJob<{ send: number; drainer: number }>({
  name: 'communication.drain',
  concurrency: 8,
  retries: 20,
  async run(run, { send: id }) {
    const send = await findSend(id)
    if (send?.state !== 'sending' || !send.content || draining.has(id)) return
    draining.add(id)
    try {
      const provider = await providerOf(send.content.providerId)
      const drain = await Drain.of(run, send as Send & { content: Frozen }, provider)
      await drain.drain()
    } finally {
      draining.delete(id)
    }
  },
  /** Cancelling one drainer on the page of jobs stops the send where it stands; a person decides how it goes on. */
  async abandoned({ send: id }, outcome, trx) {
    await moveSend(id, ['sending'], 'paused', { code: outcome === 'cancelled' ? 'jobCancelled' : 'jobFailed' }, trx)
  },
})
