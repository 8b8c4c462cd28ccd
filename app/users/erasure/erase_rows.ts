import { empty, execute, identifier, join, sql, type Sql, type Transaction } from '#core/database'
import { objects, type ObjectDefinition } from '#core/objects'
import { personal, STRUCK, type PersonalTable } from '#core/personal'
import { customerColumn } from './redact_history.js'

/** What became of the rows of a table. */
export interface Destroyed {
  /** A table, or the name of leavings. */
  what: string
  how: 'struck' | 'deleted'
  rows: number
}

/** Does with the rows of a person what each table declares, and empties what objects declare as personal, those of custom tables too. */
export async function eraseRows(ids: number[], trx: Transaction): Promise<Destroyed[]> {
  const done: Destroyed[] = []
  for (const table of personal.tables()) done.push(...(await eraseDeclared(table, ids, trx)))
  const undeclared = objects.all().filter((object) => !personal.table(object.table) && ours(object) && customerColumn(object))
  for (const object of undeclared) {
    const columns = personalColumns(object)
    if (columns.length) done.push(await strike(object.table, customerColumn(object)!, columns, ids, trx))
  }
  return done.filter(({ rows }) => rows > 0)
}

async function eraseDeclared({ table, customer, erasure, spared }: PersonalTable, ids: number[], trx: Transaction): Promise<Destroyed[]> {
  if (erasure === 'deleted') {
    const gone = spared ? sql` and not (${spared})` : empty
    const rows = await execute(sql`delete from ${identifier(table)} t where t.${identifier(customer)} = any(${ids}::bigint[])${gone}`, trx)
    return [{ what: table, how: 'deleted', rows }]
  }
  const said: Record<string, Sql> = erasure === 'kept' ? {} : erasure
  const object = objects.all().find((one) => one.table === table)
  const columns = [
    ...(object ? personalColumns(object).filter(({ column }) => !(column in said)) : []),
    ...Object.entries(said).map(([column, value]) => ({ column, value })),
  ]
  return columns.length ? [await strike(table, customer, columns, ids, trx)] : []
}

interface Emptied {
  column: string
  value: Sql
}

async function strike(table: string, customer: string, columns: Emptied[], ids: number[], trx: Transaction): Promise<Destroyed> {
  const assignments = columns.map(({ column, value }) => sql`${identifier(column)} = ${value}`)
  const rows = await execute(
    sql`update ${identifier(table)} t set ${join(assignments)} where t.${identifier(customer)} = any(${ids}::bigint[])`,
    trx
  )
  return { what: table, how: 'struck', rows }
}

/** Each its own column, and keys of the one column that the fields of administrators share. */
function personalColumns(object: ObjectDefinition): Emptied[] {
  const fields = [...object.fields.values()].filter((field) => field.personal)
  const own = fields.filter((field) => !field.sql).map(({ column, type, required }) => ({ column, value: required && type.name === 'text' ? sql`${STRUCK}` : sql`null` }))
  const keys = fields.filter((field) => field.attribute).map(({ name }) => name)
  return keys.length ? [...own, { column: 'attributes', value: sql`t.attributes - ${keys}::text[]` }] : own
}

/** Rows of a table that is only looked at belong to another system, which erases by itself. */
export const ours = (object: ObjectDefinition) => object.name === 'user' || Boolean(personal.table(object.table) ?? object.verbs?.remove)
