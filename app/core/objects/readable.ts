import { type Field, type InvalidValue, type Reader } from './fields/field.js'

/** The sentence about a choice names the values as the person knows them. */
export function readable(error: InvalidValue, field: Field, reader: Reader): InvalidValue {
  if (error.code !== 'choice' || !field.values) return error
  const values = field.values.map((value) => field.type.show(value as never, field, reader))
  return Object.assign(Object.create(error), { code: error.code, params: { values: values.join(', ') } })
}
