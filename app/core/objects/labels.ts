import { type ObjectDefinition } from './define_object.js'
import { type Field, type Reader } from './fields/field.js'
import { columnOf } from './records.js'
import { objects } from './registry.js'

/**
 * How a person calls a field; what every table has is named once for all (`core.fields.createdAt`), and what an administrator added is
 * among the words too.
 */
export function labelOf(field: Pick<Field, 'object' | 'name'>, reader: Reader): string {
  return worded(reader, `${field.object}.fields.${field.name}`, `core.fields.${field.name}`) ?? field.name
}

/** "Status", or of a path (`columnOf`) "Status: Allows sending". */
export function labelOfColumn(object: ObjectDefinition, name: string, reader: Reader): string {
  const [own] = name.split('.')
  const label = labelOf(objects.field(object, own), reader)
  return own === name ? label : `${label}: ${labelOf(columnOf(object, name), reader)}`
}

/** What helps to fill the field in, or nothing. */
export function hintOf(field: Field, reader: Reader): string | undefined {
  return worded(reader, `${field.object}.hints.${field.name}`, `core.hints.${field.name}`)
}

/** "Customer" and "Customers". */
export function nameOf(object: Pick<ObjectDefinition, 'name'>, count: 'one' | 'many', reader: Reader): string {
  return worded(reader, `${object.name}.${count}`) ?? object.name
}

/** The words of the first key that has any. */
export function worded(reader: Reader, ...keys: string[]): string | undefined {
  return keys.map((key) => reader.t(key)).find((words) => !words.startsWith(UNKNOWN_KEY))
}

/** What the translator answers for a key that no language file holds. */
const UNKNOWN_KEY = 'translation missing'
