import { defineSignal } from '#core/signals'

export const userMerged = defineSignal('user.merged', { mergedId: 'reference' })
export const userParted = defineSignal('user.parted', { mergedId: 'reference' })
