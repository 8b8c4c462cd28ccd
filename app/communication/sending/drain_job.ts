import { defineJob } from '#core/jobs'
import { Drain } from './drain.js'
import { providerOf } from './provider.js'
import { findSend, moveSend, type Frozen, type Send } from './send.js'

/**
 * Sends the mails of a send until none is left. Each worker runs one, since a second would only share its processor; each finds
 * its place by claiming chunks.
 */
export const drainJob = defineJob<{ send: number; drainer: number }>({
  name: 'communication.drain',
  concurrency: 1,
  retries: 20,
  async run(run, { send: id }) {
    const send = await findSend(id)
    if (send?.state !== 'sending' || !send.content) return
    const provider = await providerOf(send.content.providerId)
    const drain = await Drain.of(run, send as Send & { content: Frozen }, provider)
    await drain.drain()
  },
  /** Cancelling one drainer on the page of jobs stops the send where it stands; a person decides how it goes on. */
  async abandoned({ send: id }, outcome, trx) {
    await moveSend(id, ['sending'], 'paused', { code: outcome === 'cancelled' ? 'jobCancelled' : 'jobFailed' }, trx)
  },
})
