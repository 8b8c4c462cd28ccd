import { type Transaction } from '#core/database'
import { type Actor, type Values } from './actor.js'
import { type Reader } from './fields/field.js'
import { type Right } from './rights.js'

/** A button in the head of a card: a plain POST, or a link to a page. */
export interface Button {
  /** Label: `<object>.buttons.<name>`. */
  name: string
  href?: (id: number) => string
  post?: (id: number) => string
  right: Right
  primary?: boolean
  /** Ask before posting: `<object>.confirm.<name>`. */
  confirm?: boolean
  /** Offered only while this claim about the row holds. */
  when?: (values: Values) => boolean
}

/** A page about the rows of a section as a whole. */
export interface SectionLink {
  /** Label: `<object>.buttons.<name>`. */
  name: string
  icon: string
  href: string
  right: Right
}

/** A button at every row of a list: a plain POST after which the list loads again. */
export interface RowButton {
  /** Label: `<object>.buttons.<name>`, or `core.buttons.<name>` where many objects have it. */
  name: string
  icon: string
  post: (id: number) => string
  right: Right
}

/** Something that may be done with many rows at once, beyond a change and a deletion. */
export interface BulkAction {
  /** Label: `<object>.bulk.<name>`. */
  name: string
  icon: string
  right: Right
  /** A right on another object, where rows of that are written too. */
  also?: { right: Right; object: string }
  /** A value that is asked for before, as this field of an object takes it: which label is put on all of them. */
  asks?: { object: string; field: string }
  /**
   * Rows of a batch, in its transaction; answers those where there was something to do. Throws `InvalidFields` or a domain error where one of
   * them must stay as it is: none is done then, and they are tried again until it stands alone, is skipped and told.
   */
  run: (ids: number[], told: Ordered) => Promise<number[]>
}

interface Ordered {
  actor: Actor
  reader: Reader
  trx: Transaction
  value?: unknown
}

/** What is done with one row after the other; a deed answers false where there was nothing to do. */
export function eachRow(deed: (id: number, told: Ordered) => Promise<boolean | void>): BulkAction['run'] {
  return async (ids, told) => {
    const done: number[] = []
    for (const id of ids) if ((await deed(id, told)) ?? true) done.push(id)
    return done
  }
}
