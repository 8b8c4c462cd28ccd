import { defineSignal } from '#core/signals'

export const userUnsubscribed = defineSignal('user.unsubscribed', { channelId: 'reference', categoryId: 'reference' })
export const userSubscribed = defineSignal('user.subscribed', { channelId: 'reference', categoryId: 'reference' })
