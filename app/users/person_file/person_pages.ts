import { identifier, rows, sql } from '#core/database'
import { labelOf, nameOf, objects, type Field, type Reader } from '#core/objects'
import { personal } from '#core/personal'
import { customerColumn } from '../erasure/redact_history.js'

/** Rows of one table about a person, with the words for its columns. */
export interface PersonPage {
  table: string
  name: string
  columns: { name: string; label: string }[]
  rows: Record<string, unknown>[]
}

/**
 * Everything that is kept about a person, table by table: those that sections declare, then those of an administrator that refer to
 * customers. A table that comes later is in it by its declaration.
 */
export async function personPages(ids: number[], reader: Reader): Promise<PersonPage[]> {
  const declared = personal.tables().filter(({ unexported }) => !unexported)
  const others = objects.all().filter((object) => !personal.table(object.table) && customerColumn(object))
  const sources = [
    ...declared.map(({ table, customer, hidden = [] }) => ({ table, customer, hidden })),
    ...others.map((object) => ({ table: object.table, customer: customerColumn(object)!, hidden: [] as string[] })),
  ]
  const pages = []
  for (const source of sources) pages.push(await pageOf(source, ids, reader))
  return pages.filter((page) => page.rows.length > 0)
}

async function pageOf({ table, customer, hidden }: { table: string; customer: string; hidden: string[] }, ids: number[], reader: Reader): Promise<PersonPage> {
  const object = objects.all().find((one) => one.table === table)
  const secret = [...(object?.fields.values() ?? [])].filter((field) => field.secret).map(({ column }) => column)
  const found = await rows<{ row: Record<string, unknown> }>(
    sql`select to_jsonb(t) - ${[...hidden, ...secret]}::text[] as row from ${identifier(table)} t
      where t.${identifier(customer)} = any(${ids}::bigint[])`
  )
  const columns = Object.keys(found[0]?.row ?? {}).map((name) => ({ name, label: labelOfColumn(table, name, reader) }))
  return { table, name: object ? nameOf(object, 'many', reader) : table, columns, rows: found.map(({ row }) => row) }
}

/** The field that shows a column, when an object has one. */
export function fieldOf(table: string, column: string): Field | undefined {
  const object = objects.all().find((one) => one.table === table)
  return [...(object?.fields.values() ?? [])].find((one) => one.column === column && !one.attribute && !one.sql)
}

function labelOfColumn(table: string, column: string, reader: Reader) {
  const field = fieldOf(table, column)
  return field ? labelOf(field, reader) : column
}
