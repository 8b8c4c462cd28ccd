import { type Schema } from '#core/methods'
import { objects, type Field, type ObjectDefinition } from '#core/objects'

/** By type of field: what an answer holds, and what a call may say. Money is in minor units, a decimal is text so that nothing is rounded. */
const schemas: Record<string, Schema> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  decimal: { type: 'string', pattern: '^[+-]?\\d{1,15}(\\.\\d+)?$' },
  money: { type: 'integer' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  flag: { type: 'boolean' },
  choice: { type: 'string' },
}

const REFERENCE: Schema = {
  type: 'object',
  required: ['id', 'title'],
  properties: { id: { type: 'integer' }, title: { type: ['string', 'null'] } },
  additionalProperties: false,
}

/** What stands for personal data that the key may not see. */
const MASKED: Schema = { type: 'object', required: ['masked'], properties: { masked: { type: 'string' } }, additionalProperties: false }

/** Fields that an answer may hold. */
export const readableFields = ({ fields }: ObjectDefinition) => [...fields.values()].filter(({ secret }) => !secret)

/** Fields that a call may write: those that people may, and those that only imports know. */
export function writableFields(object: ObjectDefinition): Field[] {
  return [...object.fields.values()].filter(({ readonly, secret, sql, attribute }) => !readonly && !secret && (!sql || attribute))
}

export function rowSchema(object: ObjectDefinition): Schema {
  const properties = Object.fromEntries(readableFields(object).map((field) => [field.name, readSchema(field)]))
  return { type: 'object', required: ['id'], properties, additionalProperties: false }
}

function readSchema(field: Field): Schema {
  const own = field.to ? REFERENCE : schemas[field.type.name]
  if (!own) return {}
  if (field.name === 'id') return own
  return { anyOf: [own, { type: 'null' }, ...(field.personal || field.to ? [MASKED] : [])] }
}

export function valuesSchema(fields: Field[]): Schema {
  return { type: 'object', properties: Object.fromEntries(fields.map((field) => [field.name, writeSchema(field)])), additionalProperties: false }
}

/** A reference is an id, or what the row is known by: `{ "code": "site" }`. */
function writeSchema(field: Field): Schema {
  const { to, max, values } = field
  if (to) return { anyOf: [{ type: 'integer', minimum: 1 }, lookupSchema(objects.get(to)), { type: 'null' }] }
  const { type, ...more } = schemas[field.type.name] ?? {}
  const choices = values ? { enum: [...values, null] } : {}
  return { type: [type as string, 'null'], ...more, ...(field.type.name === 'text' && max ? { maxLength: max } : {}), ...choices }
}

/** By what a row is named from elsewhere. */
const namingFields = ({ fields, importable, find }: ObjectDefinition) =>
  [...new Set([...(importable?.match ?? []), ...(find?.keys ?? []), 'code', 'externalId'])].filter((name) => fields.has(name) && name !== 'id')

function lookupSchema(object: ObjectDefinition): Schema {
  const names = namingFields(object)
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])), additionalProperties: false, minProperties: 1, maxProperties: 1 }
}

/** Fields by which a row that is there is found before it is written; some live in tables of their own (a customer's phone). */
export const keysOf = (object: ObjectDefinition) => [...new Set([...namingFields(object), ...Object.keys(object.importable?.find ?? {})])]
