import { type Values } from '#core/objects'
import { type CarriedConsents } from './consents_of.js'

/** An identifier as it was before a merge, and how the merge left it. */
export interface MovedIdentifier {
  id: number
  userId: number
  active: boolean
  activeNow: boolean
}

/** All that a merge changed, as the journal keeps it. */
export interface Moved {
  /** Who led to the merged customer before. */
  aliases: number[]
  identifiers: MovedIdentifier[]
  /** Labels that the customer got from the merged one. */
  labels: number[]
  consents: CarriedConsents
  /** Values of the customer who stays, by field. */
  fields: { before: Values; after: Values }
}
