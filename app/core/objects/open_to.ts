import { type ObjectDefinition } from './define_object.js'
import { type Reader } from './fields/field.js'

/** Whether nothing about rows of an object is kept from this reader: a file of such rows may be shown to them as it is. */
export function openTo(object: ObjectDefinition, reader: Reader): boolean {
  const brought = Object.values(object.importable?.extra ?? {})
  return reader.knows(object.name) || ![...object.fields.values(), ...brought].some(({ personal }) => personal)
}
