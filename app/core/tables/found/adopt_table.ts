import { patiently } from '#core/attributes'
import { execute, identifier, join, row, sql, type Transaction } from '#core/database'
import { type Actor } from '#core/objects'
import { type TablePlan } from '../plan.js'
import { markIndexed, register } from '../register.js'
import { type FoundColumn, quoted } from './columns.js'
import { type Relation } from './relations.js'

export interface Adoption {
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
  const columnOf = (from: string | null) => columns.find(({ name }) => name === from)!
  const origin = { origin: 'found', editable, schema, table, key: key.name } as const
  const registered = await register(plan, origin, ({ from }) => !columnOf(from).plain, actor, trx)
  const shown = registered.fields.map((field) => {
    const column = columnOf(field.from)
    return sql`${column.select(quoted(column.name))} as ${identifier(field.columnName)}`
  })

  await patiently(trx, () =>
    execute(
      sql`create view ${identifier('custom', registered.tableName)} as
        select ${join([sql`${quoted(key.name)} as id`, ...shown])} from ${quoted(schema, table)}`,
      trx
    )
  )
  await markIndexed(registered.fields.filter(({ from }) => columnOf(from).indexed).map(({ id }) => id), trx)
  return registered
}

/** Rows may be written where new ones get their key by themselves, and we are allowed to. */
export async function writable({ id, kind }: Relation, key: FoundColumn) {
  if (kind === 'view' || !key.generated) return false
  const allowed = await row<{ allowed: boolean }>(
    sql`select has_table_privilege(${id}::bigint::oid, 'insert') and has_table_privilege(${id}::bigint::oid, 'update')
      and has_table_privilege(${id}::bigint::oid, 'delete') as allowed`
  )
  return allowed!.allowed
}
