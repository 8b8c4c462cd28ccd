import { identifier, row, rows, sql, raw, type Sql, type Transaction } from '#core/database'
import { objects, type Actor, type ObjectDefinition } from '#core/objects'
import { stagedColumns, type StagedColumn } from '../mapping/compile_row.js'
import { type Settings } from '../settings.js'

/** An import as its statements need it. */
export interface Plan {
  importId: number
  object: ObjectDefinition
  settings: Settings
  columns: StagedColumn[]
  /** Rows of the file, parsed: `line`, `key`, `refused`, and a column for each mapped field. */
  stage: Sql
  /** Keys that the file has more than once, with the line of the first. */
  repeats: Sql
  /** Whether there are such keys. */
  repeating: boolean
  /** What PostgreSQL writes into a column that must not be null, by field. */
  defaults: Map<string, Sql>
  /** Ids of new rows come from it. */
  sequence: string
  /** Who ordered it. */
  actor: Actor
}

export async function planOf(importId: number, objectName: string, settings: Settings, trx?: Transaction): Promise<Plan> {
  const object = objects.get(objectName)
  return {
    importId,
    object,
    settings,
    columns: stagedColumns(object, settings),
    ...tablesOf(importId),
    repeating: false,
    defaults: await defaultsOf(object, trx),
    sequence: await sequenceOf(object, trx),
    actor: await whoOrdered(importId, trx),
  }
}

export function tablesOf(importId: number) {
  return { stage: identifier('imports', `stage_${importId}`), repeats: identifier('imports', `repeats_${importId}`) }
}

async function whoOrdered(importId: number, trx?: Transaction): Promise<Actor> {
  const found = await row<{ staffId: number | null }>(sql`select staff_id as "staffId" from imports where id = ${importId}`, trx)
  return { staffId: found?.staffId ?? null, importId, trace: `import ${importId}` }
}

/** Where the rows lie, as PostgreSQL reads a name: the table itself, or the one behind a view. */
async function placeOf({ table, importable }: ObjectDefinition, trx?: Transaction) {
  const { schema, table: far, id = 'id', columns = {} } = importable?.behind ?? {}
  const quoted = schema ? await row<{ name: string }>(sql`select format('%I.%I', ${schema}::text, ${far}::text) as name`, trx) : undefined
  return { name: quoted?.name ?? table, id, columnOf: (column: string) => columns[column] ?? column }
}

/** The numbers of an identity or a serial column; also of a default that was written by hand. */
async function sequenceOf(object: ObjectDefinition, trx?: Transaction) {
  const { name, id } = await placeOf(object, trx)
  const found = await row<{ sequence: string }>(
    sql`select coalesce(pg_get_serial_sequence(${name}, ${id}), substring(pg_get_expr(d.adbin, d.adrelid) from '^nextval\\(''(.+)''::regclass\\)$')) as sequence
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = ${name}::regclass and a.attname = ${id}`,
    trx
  )
  return found!.sequence
}

/** An empty cell of such a column takes the default; the expressions are those of our own migrations. */
async function defaultsOf(object: ObjectDefinition, trx?: Transaction) {
  const { name: table, columnOf } = await placeOf(object, trx)
  const found = await rows<{ column: string; expression: string }>(
    sql`select a.attname as column, pg_get_expr(d.adbin, d.adrelid) as expression
      from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = ${table}::regclass and a.attnotnull and a.attgenerated = ''`,
    trx
  )
  const expressions = new Map(found.map(({ column, expression }) => [column, raw(expression)]))
  return new Map(
    [...object.fields.values()].flatMap(({ name, column, attribute }) => {
      const expression = expressions.get(columnOf(column))
      return expression && !attribute ? [[name, expression]] : []
    })
  )
}
