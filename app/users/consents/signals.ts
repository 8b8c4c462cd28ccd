import { defineSignal } from '#core/signals'

export const userUnsubscribed = defineSignal('user.unsubscribed', { channelId: 'reference', categoryId: 'reference' })
export const userSubscribed = defineSignal('user.subscribed', { channelId: 'reference', categoryId: 'reference' })

const word = { kind: 'text', campaignId: 'reference', document: 'text', source: 'text', sourceId: 'reference' } as const
export const consentGiven = defineSignal('consent.given', word)
export const consentWithdrawn = defineSignal('consent.withdrawn', word)
