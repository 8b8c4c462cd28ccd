import { identifier, join, raw, sql, type Sql } from '#core/database'
import { objects, type ObjectDefinition } from '#core/objects'
import { type Attribute } from './attribute.js'
import { freeName } from './code_of.js'

/** PostgreSQL cuts names at 63 bytes; a number may still be added. */
const LONGEST = 55

/** A free name for the column of a field: `yearOfBuild` is `year_of_build`, a reference ends in `_id`. */
export function columnFor(object: ObjectDefinition, name: string, type: string): string {
  const known = new Set([...object.fields.values()].map(({ column }) => column))
  return columnName(name, type, (one) => known.has(one))
}

export function columnName(name: string, type: string, taken: (column: string) => boolean): string {
  const plain = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).slice(0, LONGEST)
  return freeName(type === 'reference' ? `${plain}_id` : plain, taken)
}

/** How PostgreSQL keeps a value of a type. What a person reads is sorted as people sort. */
const columnTypes: Record<string, string> = {
  text: 'text collate "ru-x-icu"',
  longText: 'text',
  integer: 'bigint',
  decimal: 'numeric',
  money: 'bigint',
  date: 'date',
  datetime: 'timestamptz',
  flag: 'boolean',
  choice: 'text',
  reference: 'bigint',
}

/** The column of a field in `create table` and `add column`. A row that others pointed at may go; the reference is empty then. */
export function columnOf({ columnName: column, type, target }: Pick<Attribute, 'columnName' | 'type' | 'target'>, keyed: Set<string>): Sql {
  const parts = [sql`${identifier(column!)} ${raw(columnTypes[type])}`]
  if (target && keyed.has(target)) parts.push(sql`references ${identifier(objects.get(target).table)} (id) on delete set null`)
  return join(parts, ' ')
}
