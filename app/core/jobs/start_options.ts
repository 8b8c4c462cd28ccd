import { type Transaction } from '#core/database'
import { type Actor } from '#core/objects'

export interface StartOptions {
  actor: Actor
  /** The run is enqueued when this commits. */
  trx?: Transaction
  /** What a person calls it: the name of the file, of the segment. */
  title: string
  /** The row that it works for; its page shows the run. */
  subject?: { object: string; id: number }
}
