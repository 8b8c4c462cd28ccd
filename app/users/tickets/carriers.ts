import { type Purpose } from './purpose.js'

/** What a customer is told, to be said in the way of a channel. */
export interface TicketMessage {
  to: { name: string; address: string }
  locale: 'ru' | 'en'
  purpose: Purpose
  code: string | null
  url: string | null
  minutes: number
}

/** How codes and links reach identifiers of one type. A channel that is added to the product is one more of them. */
export interface Carrier {
  type: string
  carry(message: TicketMessage): Promise<void>
}

const known = new Map<string, Carrier>()

export function addCarrier(carrier: Carrier) {
  known.set(carrier.type, carrier)
}

/** Types of identifiers that a code is brought to. */
export const carriedTypes = () => [...known.keys()]

export const carrierOf = (type: string): Carrier | undefined => known.get(type)
