import { identifier, rows, sql } from '#core/database'
import { objects, type Field, type ObjectDefinition } from '#core/objects'
import { personal } from '#core/personal'
import { customerColumn } from '../erasure/redact_history.js'

/** Rows of one table about a person. */
export interface PersonPage {
  table: string
  /** The column that says whose they are. */
  customer: string
  rows: Record<string, unknown>[]
}

/**
 * Everything that is kept about a person, table by table: those that sections declare, then those of an administrator that refer to
 * customers. A table that comes later is in it by its declaration.
 */
export async function personPages(ids: number[]): Promise<PersonPage[]> {
  const declared = personal.tables().filter(({ unexported }) => !unexported)
  const others = objects.all().filter((object) => !personal.table(object.table) && customerColumn(object))
  const sources = [
    ...declared.map(({ table, customer, hidden = [] }) => ({ table, customer, hidden })),
    ...others.map((object) => ({ table: object.table, customer: customerColumn(object)!, hidden: [] as string[] })),
  ]
  const pages = []
  for (const source of sources) pages.push(await pageOf(source, ids))
  return pages.filter((page) => page.rows.length > 0)
}

interface Shared {
  table: string
  customer: string
  hidden: string[]
}

async function pageOf({ table, customer, hidden }: Shared, ids: number[]): Promise<PersonPage> {
  const secret = [...(objectOf(table)?.fields.values() ?? [])].filter((field) => field.secret).map(({ column }) => column)
  const found = await rows<{ row: Record<string, unknown> }>(
    sql`select to_jsonb(t) - ${[...hidden, ...secret]}::text[] as row from ${identifier(table)} t
      where t.${identifier(customer)} = any(${ids}::bigint[])`
  )
  return { table, customer, rows: found.map(({ row }) => row) }
}

export const objectOf = (table: string): ObjectDefinition | undefined => objects.all().find((one) => one.table === table)

/** The field that shows a column, when an object has one. */
export const fieldOf = (table: string, column: string): Field | undefined =>
  [...(objectOf(table)?.fields.values() ?? [])].find((one) => one.column === column && !one.attribute && !one.sql)
