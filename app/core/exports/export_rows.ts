import { identifier, join, raw, sql, type Sql } from '#core/database'
import { conditionOf } from '#core/filters'
import { columnOf, existing, order, sortFor, table, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { type ExportView } from './export_view.js'
import { rowSources } from './row_source.js'

/** Every row of the view in its order, each column as `cell` writes it; the columns are called c0, c1... */
export function exportRows(object: ObjectDefinition, view: ExportView, reader: Reader, cell: (field: Field, reader: Reader) => Sql): Sql {
  const cells = view.columns.map((name, index) => sql`${cell(columnOf(object, name), reader)} as ${raw(`c${index}`)}`)
  return sql`select ${join(cells)} ${source(object, view, reader)} order by ${order(object, sortFor(object, view.sort, reader))}`
}

export function exportCount(object: ObjectDefinition, view: ExportView, reader: Reader): Sql {
  return sql`select count(*) as count ${source(object, view, reader)}`
}

function source(object: ObjectDefinition, { filter, search, among }: ExportView, reader: Reader): Sql {
  const named = among ? sql`${table}.id in (${rowSources.get(among.source).ids(among.of)})` : sql`true`
  return sql`from ${identifier(object.table)} ${table}
    where ${existing(object)} and ${named} and ${conditionOf({ object, filter, search }, reader)}`
}
