import vine from '@vinejs/vine'
import { schemaOf, type Schema } from '#core/methods'
import { type ObjectDefinition } from '#core/objects'
import { keysOf, valuesSchema, writableFields } from './field_schema.js'
import { extraFields } from './said_rows.js'

const MOST_IN_BATCH = 1000

/** Null empties a field. */
const record = () => vine.record(vine.any().nullable())

export const rowInput = vine.create({ key: vine.string().maxLength(100).optional(), values: record() })
export const changeInput = vine.create({ values: record() })
export const batchInput = vine.create({
  key: vine.string().maxLength(100).optional(),
  rows: vine.array(record()).minLength(1).maxLength(MOST_IN_BATCH),
})

/** Values of a row, and by which of them it is found. */
export function rowSchemas(object: ObjectDefinition): Record<'row' | 'change' | 'batch', Schema> {
  const values = valuesSchema([...writableFields(object), ...extraFields(object)])
  const keys = keysOf(object)
  const key: Record<string, Schema> = keys.length ? { key: { type: 'string', enum: keys } } : {}
  const told = (schema: Schema, properties: Record<string, Schema>): Schema => ({ ...schema, properties })
  return {
    row: told(schemaOf(rowInput), { ...key, values }),
    change: told(schemaOf(changeInput), { values }),
    batch: told(schemaOf(batchInput), { ...key, rows: { ...schemaOf(batchInput).properties!.rows, items: values } }),
  }
}
