import { type Transaction } from '#core/database'
import { type Actor, type Change, type Values } from './actor.js'

/** Rules of a section around the generic writing of one row; each runs in the transaction of the change. */
export interface Verbs {
  /** Completes and checks values before they are written; throws `InvalidFields`. `id` is absent at creation. */
  before?: (values: Values, trx: Transaction, id?: number, actor?: Actor) => Promise<Values>
  /** Throws `InvalidFields` where one of these rows may not be changed so, asked once for all that are changed together. */
  admit?: (changes: Change[], trx: Transaction, actor: Actor) => Promise<void>
  after?: (id: number, values: Values, trx: Transaction, actor: Actor) => Promise<void>
  /** `before` and `after` look at no other row of the object, so that many may be written by one statement. */
  alone?: boolean
  /** Before a row goes to the trash: throws where it must stay. Not given: it stays while rows of any object point at it. */
  release?: (id: number, trx: Transaction) => Promise<void>
  /** Throws `InvalidFields` or a domain error where a row must stay. Without `remove`, rows are not deleted by hand. */
  remove?: (id: number, trx: Transaction, actor: Actor) => Promise<void>
}
