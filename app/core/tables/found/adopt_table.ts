import { allAttributes, patiently } from '#core/attributes'
import { execute, identifier, join, row, sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { type TablePlan } from '../plan.js'
import { markIndexed, register, type RegisteredField, type Shown } from '../register.js'
import { type FoundColumn, quoted } from './columns.js'
import { type Relation } from './relations.js'

interface Adoption {
  relation: Relation
  columns: FoundColumn[]
  key: FoundColumn
  editable: boolean
}

/**
 * Registers a table that was there already: a view in `custom` gives its columns names and types that we know, and what it hides nobody
 * sees. While it is registered, PostgreSQL does not let those columns be dropped. Throws `InvalidFields`, `TableBusy`.
 */
export async function adoptTable(plan: TablePlan, { relation, columns, key, editable }: Adoption, actor: Actor, trx: Transaction) {
  const { schema, name: table } = relation
  const origin = { origin: 'found', editable, schema, table, key: key.name } as const
  const registered = await register(plan, origin, shownBy(columns), actor, trx)
  await drawView({ name: registered.name, tableName: registered.tableName }, { relation, columns, key: key.name }, trx)
  await markFound(registered.fields, columns, trx)
  return registered
}

export const shownBy = (columns: FoundColumn[]): Shown => ({ from }) => ({ column: from!, computed: !columnCalled(from, columns).plain })

const columnCalled = (name: string | null, columns: FoundColumn[]) => columns.find((column) => column.name === name)!

/** The view of a found table with the fields that it has now. */
export async function drawView(
  { name, tableName }: { name: string; tableName: string },
  { relation, columns, key }: { relation: Relation; columns: FoundColumn[]; key: string },
  trx: Transaction
) {
  const fields = (await allAttributes(trx)).filter(({ object }) => object === name)
  const shown = fields.map(({ sourceColumn, columnName }) => {
    const column = columnCalled(sourceColumn, columns)
    return sql`${column.select(quoted(column.name))} as ${identifier(columnName!)}`
  })
  const view = identifier('custom', tableName)
  await patiently(trx, async () => {
    await execute(sql`drop view if exists ${view}`, trx)
    await execute(sql`create view ${view} as select ${join([sql`${quoted(key)} as id`, ...shown])} from ${quoted(relation.schema, relation.name)}`, trx)
  })
}

/** Their owner's indexes serve them, where there are any. */
export async function markFound(fields: RegisteredField[], columns: FoundColumn[], trx: Transaction) {
  await markIndexed(fields.filter(({ from }) => columnCalled(from, columns).indexed).map(({ id }) => id), trx)
}

/** Rows may be written where new ones get their key by themselves, and we are allowed to. */
export async function writable({ id, kind }: Relation, key: FoundColumn) {
  if (kind === 'view' || !key.generated) return false
  const allowed = await row<{ allowed: boolean }>(
    sql`select has_table_privilege(${id}::bigint::oid, 'insert') and has_table_privilege(${id}::bigint::oid, 'update')
      and has_table_privilege(${id}::bigint::oid, 'delete') and coalesce(has_sequence_privilege(${key.sequence}, 'usage'), true) as allowed`
  )
  return allowed!.allowed
}
