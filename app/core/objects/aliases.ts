import { execute, identifier, row, rows, sql, type Sql, type Transaction } from '#core/database'
import { type ObjectDefinition } from './define_object.js'
import { type Field } from './fields/field.js'
import { objects } from './registry.js'

/**
 * Objects of which rows were merged already. Until there is one, no statement asks about aliases: facts are found by plain equality,
 * which the planner knows best. Every process asks anew whenever the registry changes (`freshness.ts`).
 */
const merged = new Set<string>()

/** Looks whether rows of the object were merged. */
export async function readMerged(object: ObjectDefinition, trx?: Transaction) {
  const found = await row(sql`select from ${identifier(object.aliases!.table)} limit 1`, trx)
  if (found) merged.add(object.name)
  else merged.delete(object.name)
}

export const hasMerged = ({ name }: Pick<ObjectDefinition, 'name'>) => merged.has(name)

/** Whether rows that point by this field at a merged row belong to the one that it was merged into. */
export function followsMerges({ to, exact, inverse }: Field): boolean {
  return Boolean(to) && !exact && !inverse?.own && merged.has(to!)
}

/**
 * No two rows of the object become one before the transaction is over: for work that names many of them. Merges wait for it, and it for them;
 * the first one of all may have been waited for.
 */
export async function keepApart(object: ObjectDefinition, trx: Transaction) {
  await execute(sql`select pg_advisory_xact_lock_shared(${mergesOf(object)})`, trx)
  if (!merged.has(object.name)) await readMerged(object, trx)
}

/** Before rows are merged or parted: what named many of them is finished by then. */
export async function awaitApart(object: ObjectDefinition, trx: Transaction) {
  await execute(sql`select pg_advisory_xact_lock(${mergesOf(object)})`, trx)
}

const mergesOf = ({ name }: ObjectDefinition): Sql => sql`hashtextextended(${`merges of ${name}`}, 0)`

/** The row that an id leads to today. */
export function canonical(object: ObjectDefinition, id: Sql): Sql {
  const { table, id: known } = columnsOf(object)
  return sql`coalesce((select known_as.canonical_id from ${table} known_as where known_as.${known} = ${id}), ${id})`
}

/** Every id that leads to a row, its own being one, as an array. */
export function allIds(object: ObjectDefinition, id: Sql): Sql {
  const { table, id: known } = columnsOf(object)
  return sql`array(select ${id} union all select known_as.${known} from ${table} known_as where known_as.canonical_id = ${id})`
}

/** Which row the one with this alias is today, in the words of an index: it leads from an id to its row as well as from a row to its ids. */
export const standsFor = (alias: Sql): Sql => sql`coalesce(${alias}.canonical_id, ${alias}.id)`

/** Every id that leads to a row which is meant, as an array; `meant` is a condition over an id. */
export function idsWhere(object: ObjectDefinition, meant: (id: Sql) => Sql): Sql {
  const { table, id: known } = columnsOf(object)
  return sql`array(select own.id from ${identifier(object.table)} own where ${meant(sql`own.id`)}
    union all select known_as.${known} from ${table} known_as where ${meant(sql`known_as.canonical_id`)})`
}

/** Ids under which rows point at this one by the field. */
export async function idsPointedAt(field: Field, id: number): Promise<number[]> {
  if (!followsMerges(field)) return [id]
  const { table, id: known } = columnsOf(objects.get(field.to!))
  const others = await rows<{ id: number }>(sql`select ${known} as id from ${table} where canonical_id = ${id}`)
  return [id, ...others.map((other) => other.id)]
}

/** The row that a merged one became, or undefined where the id was never merged. */
export async function knownNowAs(object: ObjectDefinition, id: number, trx?: Transaction): Promise<number | undefined> {
  if (!object.aliases) return undefined
  const { table, id: known } = columnsOf(object)
  const found = await row<{ id: number }>(sql`select canonical_id as id from ${table} where ${known} = ${id}`, trx)
  return found?.id
}

/** That the row with this alias was merged into another one. */
export function wasMerged(object: ObjectDefinition, alias: Sql): Sql {
  const { table, id: known } = columnsOf(object)
  return sql`exists (select from ${table} known_as where known_as.${known} = ${alias}.id)`
}

function columnsOf({ aliases }: ObjectDefinition) {
  return { table: identifier(aliases!.table), id: identifier(aliases!.id) }
}
