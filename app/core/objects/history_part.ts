import { type Transaction } from '#core/database'
import { type Actor, type Values } from './actor.js'
import { type Reader } from './fields/field.js'
import { type Right } from './rights.js'

/** What the audit log holds of a row beside its fields. */
export interface HistoryPart {
  /** Their names in a change. */
  names: () => string[]
  label: (name: string, reader: Reader) => string
  /** How a value is said, which then is nobody's personal data; the log has a way of its own for filters and lists. */
  words?: (value: unknown, reader: Reader) => string
  /** Who may write the former values back. */
  right: Right
  /** Writes them back. Throws `InvalidFields` where the row is no longer as the change left it, or where they fit no more. */
  revert: (id: number, change: { before: Values; after: Values }, told: { actor: Actor; reader: Reader; trx: Transaction }) => Promise<void>
}
