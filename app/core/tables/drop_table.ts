import { allAttributes, patiently } from '#core/attributes'
import { recordChange } from '#core/audit'
import { execute, identifier, row, rows, sql, type Transaction } from '#core/database'
import { filtersThatUse } from '#core/filters'
import { changeObjects, DomainError, type Actor } from '#core/objects'
import { type CustomTable } from './custom_table.js'

/** Something needs the table that was to be taken away. */
class TableInUse extends DomainError {
  readonly code = 'tableInUse'
}

/** What needs a table: `kind` is an object, `title` its row. */
interface Use {
  kind: string
  title: string
}

/** Filters of folders and segments, fields of other objects that point at it, imports that are not over. */
export async function usesOf({ name }: CustomTable): Promise<Use[]> {
  const filters = await filtersThatUse(name)
  const references = (await allAttributes()).filter(({ target, object }) => target === name && object !== name)
  const imports = await rows<{ name: string }>(sql`select name from imports where object = ${name} and state in ('draft', 'running') limit 20`)
  return [
    ...filters.map(({ kind, title }) => ({ kind, title })),
    ...references.map(({ label }) => ({ kind: 'attribute', title: label })),
    ...imports.map((one) => ({ kind: 'import', title: one.name })),
  ]
}

/** How many rows go with a table that was made here; one that was found keeps its rows. */
export async function rowsOf({ tableName, origin }: CustomTable): Promise<number> {
  if (origin === 'found') return 0
  const counted = await row<{ count: number }>(sql`select count(*) as count from ${identifier('custom', tableName)}`)
  return counted!.count
}

/** Takes a table out of the registry: one that was made here goes with its rows, of one that was found only the view. */
export async function dropTable(table: CustomTable, actor: Actor, trx: Transaction) {
  await changeObjects(trx)
  const [first, ...others] = await usesOf(table)
  if (first) throw new TableInUse({ ...first, others: others.length })

  await patiently(trx, () => execute(table.origin === 'made'
    ? sql`drop table if exists ${identifier('custom', table.tableName)}`
    : sql`drop view if exists ${identifier('custom', table.tableName)}`, trx))
  await forgetObject(table.name, trx)
  await execute(sql`delete from custom_tables where id = ${table.id}`, trx)
  const { id, name, path, origin } = table
  await recordChange({ actor, action: 'delete', object: 'custom_table', id, before: { name, path, origin } }, trx)
}

/** By the name of the object are kept its fields, what was ticked for it, how people like its list, and what keys may do with it. */
async function forgetObject(name: string, trx: Transaction) {
  for (const kept of ['attributes', 'role_rights', 'list_settings', 'folders', 'recent_records']) {
    await execute(sql`delete from ${identifier(kept)} where object = ${name}`, trx)
  }
  await execute(
    sql`update api_keys set scopes = array(select scope from unnest(scopes) scope where split_part(scope, ':', 1) <> ${name})
      where exists (select from unnest(scopes) scope where split_part(scope, ':', 1) = ${name})`,
    trx
  )
}
