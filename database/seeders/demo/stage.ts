import { join, quotedName, raw, sql, type Sql } from '#core/database'

/** Rows made here as a table for one `insert ... select`: `columns` are names with their SQL types. */
export function stage(rows: object[], columns: Record<string, string>): Sql {
  const declared = Object.entries(columns).map(([name, type]) => sql`${quotedName(name)} ${raw(type)}`)
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(${join(declared)})`
}
