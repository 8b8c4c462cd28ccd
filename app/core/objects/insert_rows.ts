import { identifier, join, raw, rows, sql, type Sql, type Transaction } from '#core/database'
import { type Values } from './actor.js'
import { type ObjectDefinition } from './define_object.js'
import { guarded } from './guarded.js'
import { objects } from './registry.js'

/** A statement binds 65,535 values at most. */
const MOST_VALUES = 30_000

/** Ids come in the order of the rows, since the sequence is asked for one row after the other. */
export async function insertRows(object: ObjectDefinition, values: Values[], trx: Transaction): Promise<number[]> {
  const lines = values.map((one) => new Map(cellsOf(object, one).map(({ column, value }) => [column.text, value])))
  const columns = [...new Set(lines.flatMap((cells) => [...cells.keys()]))]
  if (!columns.length) columns.push('id')
  const line = (cells: Map<string, Sql>) => sql`(${join(columns.map((column) => cells.get(column) ?? sql`default`))})`
  const ids: number[] = []
  for (const some of portions(lines, Math.floor(MOST_VALUES / columns.length))) {
    const made = await guarded(object, () =>
      rows<{ id: number }>(
        sql`insert into ${identifier(object.table)} (${join(columns.map((column) => raw(column)))}) values ${join(some.map(line))} returning id`,
        trx
      )
    )
    ids.push(...made.map(({ id }) => id).sort((one, other) => one - other))
  }
  return ids
}

function portions<One>(all: One[], size: number): One[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
}

/** What is written into which column. Attributes share one. */
function cellsOf(object: ObjectDefinition, values: Values): { column: Sql; value: Sql }[] {
  const [own, shared] = [false, true].map((attribute) =>
    Object.keys(values).filter((name) => Boolean(objects.field(object, name).attribute) === attribute)
  )
  const cells = own.map((name) => ({ column: identifier(objects.field(object, name).column), value: sql`${values[name]}` }))
  if (!shared.length) return cells
  const attributes = JSON.stringify(Object.fromEntries(shared.map((name) => [name, values[name]])))
  return [...cells, { column: identifier('attributes'), value: sql`jsonb_strip_nulls(${attributes}::jsonb)` }]
}
