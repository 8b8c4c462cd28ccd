import { identifier, rows, sql, type Transaction } from '#core/database'
import {
  expression, hasMerged, hidden, InvalidFields, InvalidValue, leadingTo, named, objects, table,
  type Field, type ObjectDefinition, type Reader, type Values,
} from '#core/objects'
import { writableFields } from './field_schema.js'

/** A row as a call says it, read by the rules of its fields: what its table holds, and what only imports know. */
export interface SaidRow {
  own: Values
  extra: Record<string, string>
}

/** What imports know besides the fields of the object. */
export const extraFields = (object: ObjectDefinition): Field[] =>
  Object.entries(object.importable?.extra ?? {}).map(([name, draft]) => named(object.name, name, draft))

/** Throws `InvalidFields`. References by what rows are known by must have been looked up (`resolved`). */
export function readRow(object: ObjectDefinition, said: Values, reader: Reader): SaidRow {
  const row: SaidRow = { own: {}, extra: {} }
  const errors: Record<string, InvalidValue> = {}
  const extra = extraFields(object)
  const own = writableFields(object)
  for (const [name, value] of Object.entries(said)) {
    try {
      const field = own.find((one) => one.name === name) ?? extra.find((one) => one.name === name)
      if (!field) throw new InvalidValue('notWritable')
      if (hidden(field, reader)) throw new InvalidValue('hiddenFromKey')
      if (extra.includes(field)) row.extra[name] = String(valueOf(field, value, reader) ?? '')
      else row.own[name] = valueOf(field, value, reader)
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error
      errors[name] = error
    }
  }
  if (Object.keys(errors).length) throw new InvalidFields(errors)
  return row
}

/** As it is stored; text goes by the rules of the field. */
function valueOf(field: Field, value: unknown, reader: Reader): unknown {
  if (value === null || value === '') {
    if (field.required) throw new InvalidValue('required')
    return null
  }
  return typeof value === 'string' ? field.type.parse(value, field, reader) : value
}

/** Puts the id in the place of `{ "code": "site" }`, and of an id that was merged since, by one question for each field and what it is known by. */
export async function resolved(object: ObjectDefinition, said: Values[], trx: Transaction): Promise<Values[]> {
  const references = writableFields(object).filter(({ to }) => to)
  for (const field of references) {
    const names = said.map((row) => nameIn(row, field))
    const known = await idsOf(field, names, trx)
    said = said.map((row, line) => (isNamed(names[line]) ? { ...row, [field.name]: known.get(keyOf(names[line] as Named)) ?? -1 } : row))
  }
  return said
}

/** An id is a name like any other, once it may be that of a row which became another one. */
function nameIn(row: Values, field: Field): unknown {
  const value = row[field.name]
  return typeof value === 'number' && hasMerged(objects.get(field.to!)) ? { id: String(value) } : value
}

type Named = Record<string, string>

const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null
const keyOf = (value: Named) => JSON.stringify(Object.entries(value)[0])

async function idsOf({ to }: Field, values: unknown[], trx: Transaction) {
  const object = objects.get(to!)
  const found = new Map<string, number>()
  const asked = values.filter(isNamed)
  for (const by of new Set(asked.map((value) => Object.keys(value)[0]))) {
    const texts = [...new Set(asked.map((value) => value[by]).filter((text) => text !== undefined))]
    const column = expression(objects.field(object, by), table)
    const { id: now, there } = leadingTo(object, table)
    /** As text an id would be found by no index. */
    const isAsked = by === 'id' ? sql`${table}.id = any(${texts}::bigint[])` : sql`${column}::text = any(${texts}::text[])`
    const standing = await rows<{ id: number; text: string }>(
      sql`select ${now} as id, ${column}::text as text from ${identifier(object.table)} ${table} where ${there} and ${isAsked}`,
      trx
    )
    for (const { id, text } of standing) found.set(keyOf({ [by]: text }), id)
  }
  return found
}
