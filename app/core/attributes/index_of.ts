import { identifier, join, sql, type Sql } from '#core/database'
import { objects } from '#core/objects'
import { type Attribute } from './attribute.js'
import { inJson } from './attribute_field.js'

export interface Index {
  /** Its name, in the schema of the table. */
  name: string
  schema: string
  table: string
  /** What follows `create index concurrently`. */
  definition: Sql
}

type Indexed = Pick<Attribute, 'id' | 'name' | 'type' | 'columnName'>

/**
 * The indexes of an attribute: one by its value, then by id, which serves filters and sorting as lists ask; of a text also one by its
 * trigrams, which finds a part of it. A long text is never sorted by.
 */
export function indexesOf(attribute: Indexed, table: string): Index[] {
  const value = attribute.columnName ? identifier(attribute.columnName) : sql`(${inJson(attribute, identifier('attributes'))})`
  const [schema, own] = table.includes('.') ? table.split('.') : ['public', table]
  const on = sql`${identifier(schema)}.${identifier(own)}`
  const named = (name: string, how: Sql) => ({ name, schema, table: own, definition: sql`${identifier(name)} on ${on} ${how}` })

  const ordered = () => named(`attribute_${attribute.id}_index`, sql`(${join([value, identifier('id')])})`)
  const words = () => named(`attribute_${attribute.id}_words_index`, sql`using gin (lower(${value}) gin_trgm_ops)`)
  return [...(attribute.type === 'longText' ? [] : [ordered()]), ...(isText(attribute) ? [words()] : [])]
}

const isText = ({ type }: Indexed) => ['text', 'longText'].includes(type)

/** Those of an attribute that is in the registry. */
export const indexesFor = (attribute: Attribute) => indexesOf(attribute, objects.get(attribute.object).table)
