import { Drop } from 'liquidjs'
import { type ReferredRow } from './told_values.js'

/** Liquid has answers of its own to these, unless they are there. */
const ASKED_OTHERWISE = ['size', 'first', 'last']

/** A row that the customer points at: by itself it says how it is called, and a macro may ask for its fields. */
class Referred extends Drop {
  #row: ReferredRow

  constructor(row: ReferredRow) {
    super()
    this.#row = row
    for (const name of ASKED_OTHERWISE) Object.defineProperty(this, name, { value: row.fields[name] })
  }

  /** `shop` in `{{ User.Attributes.shop }}` and in comparisons. */
  override valueOf() {
    return this.#row.title ?? ''
  }

  override toString() {
    return this.valueOf()
  }

  override liquidMethodMissing(name: string | number) {
    return Object.hasOwn(this.#row.fields, name) ? this.#row.fields[name] : undefined
  }
}

/** Liquid reads whatever a drop answers to, inherited or not; its makings are no part of a mail. */
for (const name of ['constructor', '__proto__']) Object.defineProperty(Referred.prototype, name, { value: undefined })

/** What JSON brought, with rows that macros can go into. */
export function withReferred(value: unknown): unknown {
  const row = value as ReferredRow | null
  return row && typeof row === 'object' && 'title' in row && 'fields' in row ? new Referred(row) : value
}
