import { type Group } from '#core/filters'
import { labelOf, objects, type Field, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { keysOf, writableFields } from '../objects/field_schema.js'
import { extraFields } from '../objects/said_rows.js'

/** What stands for a value of each type; a text is called as its field. */
const samples: Record<string, unknown> = {
  integer: 1,
  decimal: '1.5',
  money: 100_00,
  date: '1990-05-17',
  datetime: '2026-05-01T12:00:00Z',
  flag: true,
}

const KEY = 'A-15'

const MOST_FIELDS = 3

/** A filter that whoever reads the object may ask. */
export const exampleFilter = ({ fields }: ObjectDefinition): Group => ({
  logic: 'and',
  of: [fields.has('createdAt') ? { field: 'createdAt', operator: 'lastDays', value: ['365'] } : { field: 'id', operator: 'atLeast', value: ['1'] }],
})

/** The same with related rows, to be read by people. */
export function exampleOfRelated(object: ObjectDefinition): Group {
  const { logic, of } = exampleFilter(object)
  const [{ name }] = objects.relations(object).filter(({ object: other }) => other.path)
  const few: Group = { logic: 'or', of: [{ relation: name, operator: 'none' }, { relation: name, operator: 'count', compare: 'atLeast', value: ['2'] }] }
  return { logic, of: [...of, few] }
}

/** A row to write: what must be there, what it is found by, and a few more. */
export function exampleValues(object: ObjectDefinition, reader: Reader): Values {
  const key = exampleKey(object)
  const fields = [...writableFields(object), ...extraFields(object)].filter(({ to }) => !to)
  const isNeeded = ({ name, required }: Field) => name === key || Boolean(required)
  const needed = fields.filter(isNeeded)
  const more = fields.filter((field) => !isNeeded(field)).slice(0, Math.max(0, MOST_FIELDS - needed.length))
  return Object.fromEntries([...needed, ...more].map((field) => [field.name, field.name === key ? KEY : sampleOf(field, reader)]))
}

export const exampleKey = (object: ObjectDefinition): string | undefined => keysOf(object)[0]

const sampleOf = (field: Field, reader: Reader) => field.values?.[0] ?? samples[field.type.name] ?? labelOf(field, reader)
