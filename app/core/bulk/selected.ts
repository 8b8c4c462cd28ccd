import { identifier, sql, type Sql } from '#core/database'
import { conditionOf } from '#core/filters'
import { existing, table, type ObjectDefinition, type Reader } from '#core/objects'
import { type Selection } from './bulk_run.js'

/** The condition over `t` of a selection. */
export function selectedBy(object: ObjectDefinition, { ids, filter, search }: Selection, reader: Pick<Reader, 'timezone'>): Sql {
  return ids ? sql`t.id = any(${ids}::bigint[])` : conditionOf({ object, filter, search }, reader)
}

/** Ids of the rows of a selection that are there. */
export function selectedIds(object: ObjectDefinition, selection: Selection, reader: Pick<Reader, 'timezone'>): Sql {
  return sql`select t.id from ${identifier(object.table)} ${table} where ${existing(object)} and ${selectedBy(object, selection, reader)}`
}
