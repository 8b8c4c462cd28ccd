import { defineSignal } from '#core/signals'

const told = { requestId: 'reference', type: 'text' } as const

/** A customer has entered a contact that staff decide on. */
export const identifierRequested = defineSignal('identifier.requested', told)
export const identifierApproved = defineSignal('identifier.approved', told)
export const identifierDeclined = defineSignal('identifier.declined', told)
