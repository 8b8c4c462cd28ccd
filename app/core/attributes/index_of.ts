import { identifier, join, sql, type Sql } from '#core/database'
import { objects } from '#core/objects'
import { type Attribute } from './attribute.js'
import { inJson } from './attribute_field.js'

/** The index that serves filters and sorting by an attribute, as lists ask: by its value, then by id. */
export interface IndexOf {
  /** Its name, in the schema of the table. */
  name: string
  schema: string
  table: string
  /** What follows `create index concurrently`. */
  definition: Sql
}

export function indexOf(attribute: Attribute): IndexOf {
  const name = `attribute_${attribute.id}_index`
  const { table } = objects.get(attribute.object)
  const value = attribute.columnName ? identifier(attribute.columnName) : sql`(${inJson(attribute, identifier('attributes'))})`
  const [schema, own] = table.includes('.') ? table.split('.') : ['public', table]
  const on = sql`${identifier(schema)}.${identifier(own)}`
  return { name, schema, table: own, definition: sql`${identifier(name)} on ${on} (${join([value, identifier('id')])})` }
}
