import { defineSignal } from '#core/signals'

/** A customer followed a link of a mail. */
export const mailClicked = defineSignal('communication.clicked', {
  communicationId: 'reference',
  sendId: 'reference',
  url: 'text',
})

/** A mail did not arrive and will not. */
export const mailBounced = defineSignal('communication.bounced', { communicationId: 'reference', sendId: 'reference' })

/** A customer called a mail spam. */
export const mailComplained = defineSignal('communication.complained', {
  communicationId: 'reference',
  sendId: 'reference',
})
