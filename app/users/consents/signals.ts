import { defineSignal } from '#core/signals'

/** By which way it came (F40), and of what in the codes of the books: `sms/*` is all of SMS. */
const choice = { channelId: 'reference', categoryId: 'reference', subject: 'text', source: 'text', sourceId: 'reference' } as const
export const userUnsubscribed = defineSignal('user.unsubscribed', choice)
export const userSubscribed = defineSignal('user.subscribed', choice)

const word = { kind: 'text', campaignId: 'reference', document: 'text', source: 'text', sourceId: 'reference' } as const
export const consentGiven = defineSignal('consent.given', word)
export const consentWithdrawn = defineSignal('consent.withdrawn', word)
