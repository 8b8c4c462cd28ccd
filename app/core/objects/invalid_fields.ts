import { type ObjectDefinition } from './define_object.js'
import { InvalidValue } from './fields/field.js'

/** Errors by field name, shown at their fields: `{ email: InvalidValue('taken') }`. */
export class InvalidFields extends Error {
  constructor(readonly errors: Record<string, InvalidValue>) {
    super(`Invalid: ${Object.keys(errors).join(', ')}`)
  }

  static at(field: string, code: string, params?: Record<string, unknown>) {
    return new InvalidFields({ [field]: new InvalidValue(code, params) })
  }

  /** What PostgreSQL refused, if a field of the object explains it: its detail says `Key (column)=(value) ...`. */
  static from(error: unknown, object: ObjectDefinition): InvalidFields | null {
    const { code, detail = '', column, constraint = '' } = error as Record<string, string>
    const rule = refused[code]
    if (!rule) return null
    const named = column ?? /\(?"?(\w+)"?\)?\)?[,)]/.exec(detail)?.[1] ?? ''
    const fields = [...object.fields.values()]
    /** The name of a rule holds the column that it is about: `parent_id` as a whole, and not the `id` in it. */
    const about = fields.filter((one) => constraint.includes(`_${one.column}_`)).sort((one, other) => other.column.length - one.column.length)
    const field = fields.find((one) => one.column === named) ?? about[0]
    return field ? InvalidFields.at(field.name, rule) : null
  }
}

/** SQLSTATE to the code of the sentence. */
const refused: Record<string, string> = {
  '23502': 'required',
  '23503': 'reference',
  '23505': 'taken',
  '23514': 'refused',
}
