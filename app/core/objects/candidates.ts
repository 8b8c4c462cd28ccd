import { identifier, rows, sql, type Sql } from '#core/database'
import { type ObjectDefinition } from './define_object.js'
import { type Reader } from './fields/field.js'
import { existing, order, sortFor, table, titleOf } from './records.js'

export interface Candidate {
  id: number
  title: string | null
}

/** Rows to choose from, as their section lists them; `where` is a condition over `table`. */
export async function candidates(object: ObjectDefinition, reader: Reader, where: Sql, limit: number): Promise<Candidate[]> {
  return rows<Candidate>(
    sql`select t.id, ${titleOf(object, table, reader)} as title from ${identifier(object.table)} ${table}
      where ${existing(object)} and ${where} order by ${order(object, sortFor(object, undefined, reader))} limit ${limit}`
  )
}
