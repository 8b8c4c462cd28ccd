import { defineSignal } from '#core/signals'

/** A code was made for an address of a customer: whoever asked for it, and whether or not the product itself can bring it. */
export const ticketGenerated = defineSignal('ticket.generated', {
  ticketId: 'reference',
  identifierId: 'reference',
  type: 'text',
  purpose: 'text',
})
