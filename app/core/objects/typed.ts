import { InvalidFields } from './invalid_fields.js'
import { type Values } from './actor.js'
import { type ObjectDefinition } from './define_object.js'
import { InvalidValue, type Field, type Reader } from './fields/field.js'
import { objects } from './registry.js'

/**
 * Reads what a person typed into the fields of a form. Only the named fields are looked at, whatever else was sent; empty
 * text is null. Throws `InvalidFields` with all errors at once.
 */
export function typed(object: ObjectDefinition, names: string[], form: Record<string, unknown>, reader: Reader): Values {
  const values: Values = {}
  const errors: Record<string, InvalidValue> = {}
  for (const name of names) {
    try {
      values[name] = typedValue(objects.field(object, name), form[name], reader)
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error
      errors[name] = error
    }
  }
  if (Object.keys(errors).length) throw new InvalidFields(errors)
  return values
}

/** One field; throws `InvalidValue`. A tick box that is not sent is a no. */
export function typedValue(field: Field, sent: unknown, reader: Reader): unknown {
  if (sent !== undefined && sent !== null && typeof sent !== 'string') throw new InvalidValue('single')
  const text = field.format === 'code' || field.format === 'multiline' ? (sent ?? '') : (sent ?? '').trim()
  if (text !== '') return field.type.parse(text, field, reader)
  if (field.type.name === 'flag') return false
  if (field.required) throw new InvalidValue('required')
  return null
}
