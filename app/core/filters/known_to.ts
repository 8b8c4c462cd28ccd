import { plain, type ObjectDefinition, type Reader } from '#core/objects'
import { type Group } from './ast.js'
import { bind, closing } from './bind.js'
import { InvalidFilter } from './invalid_filter.js'
import { clock } from './operand.js'

/** Whether a filter, however unfinished, asks only about what the reader may see, so that its values may be shown to them. */
export function knownTo(reader: Reader, filter: Group, object: ObjectDefinition): boolean {
  try {
    bind(filter, object, clock(plain.timezone), reader)
    return true
  } catch (error) {
    if (error instanceof InvalidFilter) return !error.errors.some(({ code }) => closing.some((one) => one === code))
    throw error
  }
}
