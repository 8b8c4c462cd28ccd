import { execute, identifier, join, quotedName, row, sql, type Sql, type Transaction } from '#core/database'
import { expression, table } from '#core/objects'
import { type StagedColumn } from '../mapping/compile_row.js'
import { keyFields } from '../mapping/mapping.js'
import { keepHistory } from './keep_history.js'
import { batch, heads } from './tables.js'
import { type Plan } from './plan.js'
import { spread } from './spread.js'

/** Writes the new rows and answers how many. */
export async function insertNew(plan: Plan, trx: Transaction): Promise<number> {
  const written = assigned(plan.columns.filter(isOwn), sql`'{}'::jsonb`, (column) =>
    orDefault(plan, column, sql`h.${quotedName(column.field.name)}`)
  )
  const names = written.map(({ column }) => sql`, ${column}`)
  const cells = written.map(({ value }) => sql`, ${value}`)
  return execute(
    sql`insert into ${identifier(plan.object.table)} (id ${spread(names)}) overriding system value
      select h.id ${spread(cells)} from ${heads} h where h.created order by h.line`,
    trx
  )
}

/** Writes what differs; rows that are as the file says are not touched. */
export async function updateExisting(plan: Plan, trx: Transaction) {
  const written = writable(plan)
  if (!written.length) return
  const cells = assigned(written, sql`t.attributes`, (column) => cellOf(plan, column, 'h'))
  const assignments = cells.map(({ column, value }) => sql`${column} = ${value}`)
  if (plan.object.fields.has('updatedAt')) assignments.push(sql`updated_at = now()`)
  const update = sql`update ${identifier(plan.object.table)} t set ${join(assignments)} from ${heads} h
      where t.id = h.id and not h.created and ${differs(plan, 'h')}`
  await (plan.object.importable!.remembered ? keepHistory(plan, update, written.map(({ field }) => field), trx) : execute(update, trx))
}

/**
 * Rows that change nothing. One that repeats an earlier row of the file counts as an update, wherever the border between two batches
 * falls.
 */
export async function countUnchanged(plan: Plan, trx: Transaction): Promise<number> {
  const { importable } = plan.object
  const mapped = plan.columns.map(({ field }) => field.name)
  const changed = importable!.changed?.(batch, mapped)
  const counted = await row<{ rows: number }>(
    sql`select count(*) as rows
      from ${batch} b join ${identifier(plan.object.table)} t on t.id = b.id
      where not (${differs(plan, 'b')})
        and not exists (select from ${plan.repeats} r where r.key = b.key and r.first < b.line)
        ${changed ? sql`and b.line not in (${changed})` : sql``}`,
    trx
  )
  return counted!.rows
}

/** What is written into which column: attributes share one, where `present` holds the others. */
function assigned(columns: StagedColumn[], present: Sql, cell: (column: StagedColumn) => Sql) {
  const own = columns.filter(({ field }) => !field.attribute)
  const shared = columns.filter(({ field }) => field.attribute)
  const cells = own.map((column) => ({ column: identifier(column.field.column), value: cell(column) }))
  if (!shared.length) return cells
  const parts = chunks(shared, MOST_PAIRS).map(
    (some) => sql`jsonb_build_object(${join(some.map((column) => sql`${column.field.name}::text, ${cell(column)}`))})`
  )
  const value = sql`jsonb_strip_nulls(${join([present, ...parts], ' || ')})`
  return [...cells, { column: identifier('attributes'), value }]
}

/** PostgreSQL takes a hundred arguments for a function. */
const MOST_PAIRS = 50

const chunks = <Item>(items: Item[], size: number) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

const isOwn = ({ extra, field }: StagedColumn) => !extra && field.name !== 'id'

/** Columns of rows that exist: what is fixed stays as it was created, and the key is equal as it is. */
function writable({ columns, settings }: Plan) {
  const key = keyFields(settings.match)
  return columns.filter((column) => isOwn(column) && !column.field.fixed && !key.includes(column.field.name))
}

function differs(plan: Plan, alias: string): Sql {
  const rules = writable(plan).map(
    (column) => sql`${cellOf(plan, column, alias)} is distinct from ${expression(column.field, table)}`
  )
  return rules.length ? sql`(${join(rules, ' or ')})` : sql`false`
}

/** What a column will hold: an empty cell leaves it alone, unless the importer wants it emptied. */
function cellOf(plan: Plan, column: StagedColumn, alias: string): Sql {
  const cell = sql`${identifier(alias)}.${quotedName(column.field.name)}`
  if (plan.settings.empty === 'keep') return sql`coalesce(${cell}, ${expression(column.field, table)})`
  return orDefault(plan, column, cell)
}

function orDefault({ defaults }: Plan, { field }: StagedColumn, cell: Sql): Sql {
  const value = defaults.get(field.name)
  return value ? sql`coalesce(${cell}, ${value})` : cell
}
