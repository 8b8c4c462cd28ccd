import { defineSignal } from '#core/signals'

/** A customer did something more often than its type allows: "Advanced limit on user events". */
export const eventLimitReached = defineSignal('event.limitReached', { type: 'text' })
