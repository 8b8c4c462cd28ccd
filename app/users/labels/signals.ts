import { defineSignal } from '#core/signals'

export const userLabelled = defineSignal('user.labelled', { labelId: 'reference' })
export const userUnlabelled = defineSignal('user.unlabelled', { labelId: 'reference' })
