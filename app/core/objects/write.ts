import { rows, sql, type Transaction } from '#core/database'
import { recordChange, recordChangesFrom } from '#core/audit'
import { type Actor, type Change, type Values } from './actor.js'
import { type ObjectDefinition } from './define_object.js'
import { plain } from './fields/field.js'
import { guarded } from './guarded.js'
import { insertRows } from './insert_rows.js'
import { find, select, table } from './records.js'
import { objects } from './registry.js'
import { checkReferences, putAside, takeBack } from './trash.js'
import { updateRows } from './update_rows.js'

/** Creates a row of any object, by its rules, and writes the audit log. Answers its id. Throws `InvalidFields`. */
export async function create(object: ObjectDefinition, values: Values, actor: Actor, trx: Transaction): Promise<number> {
  const [id] = await createAll(object, [values], actor, trx)
  return id
}

/**
 * Creates many rows by one statement, for objects whose rules look at each row alone (`Verbs.alone`), and answers their ids in the same order.
 * Throws `InvalidFields` when one of them is refused; then none is there.
 */
export async function createAll(object: ObjectDefinition, all: Values[], actor: Actor, trx: Transaction): Promise<number[]> {
  const complete: Values[] = []
  for (const values of all) complete.push((await object.verbs?.before?.(values, trx, undefined, actor)) ?? values)
  await checkReferences(object, complete, trx)
  const ids = await insertRows(object, complete, trx)
  for (const [index, id] of ids.entries()) await object.verbs?.after?.(id, complete[index], trx, actor)
  await keepInAudit({ object, actor, action: 'create' }, ids.map((id, index) => ({ id, after: complete[index] })), trx)
  return ids
}

/** Whether its rules let many rows be written at once. */
export const writesTogether = ({ verbs }: Pick<ObjectDefinition, 'verbs'>) => Boolean(verbs?.alone) || !(verbs?.before || verbs?.after)

/** Changes fields of a row; those that stay equal are not written. Answers whether any was. Throws `InvalidFields`. */
export async function edit(object: ObjectDefinition, id: number, values: Values, actor: Actor, trx: Transaction): Promise<boolean> {
  return (await editAll(object, [{ id, values }], actor, trx)).has(id)
}

/**
 * Changes many rows by one statement, each of them named once, for objects whose rules look at each row alone (`Verbs.alone`). Answers which of
 * them are not as they were. Throws `InvalidFields` when one of them is refused; then none is changed.
 */
export async function editAll(object: ObjectDefinition, edits: Change[], actor: Actor, trx: Transaction): Promise<Set<number>> {
  if (!edits.length) return new Set()
  await object.verbs?.admit?.(edits, trx, actor)
  const complete: Change[] = []
  for (const { id, values } of edits) complete.push({ id, values: (await object.verbs?.before?.(values, trx, id, actor)) ?? values })
  const changes = await changed(object, complete, trx)
  await checkReferences(object, changes.map(({ values }) => values), trx)
  await updateRows(object, changes, trx)
  for (const { id, whole } of changes) await object.verbs?.after?.(id, whole, trx, actor)
  await keepEdits(object, changes, actor, trx)
  return new Set(changes.map(({ id }) => id))
}

/**
 * Writes what stood in another row, or in this one before, as it stood there: rules of today do not stop a merge or its undoing at an old value
 * that they would refuse. Of fields that there are no more nothing is written.
 */
export async function carry(object: ObjectDefinition, id: number, values: Values, actor: Actor, trx: Transaction) {
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => object.fields.has(name)))
  const changes = await changed(object, [{ id, values: known }], trx)
  await updateRows(object, changes, trx)
  await keepEdits(object, changes, actor, trx)
}

interface Changed extends Change {
  before: Values
  /** Also what stays as it is. */
  whole: Values
}

/**
 * What is not as it shall be, of rows that are there. They stay as they are read until the transaction is over, and are waited for in the order of
 * their ids, so that those who change the same ones follow each other.
 */
async function changed(object: ObjectDefinition, edits: Change[], trx: Transaction): Promise<Changed[]> {
  const columns = [...new Set(edits.flatMap(({ values }) => Object.keys(values)))]
  const where = sql`${table}.id = any(${edits.map(({ id }) => id)}::bigint[])`
  const held = await rows<Values & { id: number }>(
    sql`${select(object, { reader: plain, columns, where, sort: 'id' })} for no key update of ${table}`,
    trx
  )
  const known = new Map(held.map((row) => [row.id, row]))
  return edits.flatMap(({ id, values }) => differences(object, id, values, known.get(id)))
}

function differences(object: ObjectDefinition, id: number, whole: Values, row: Values | undefined): Changed[] {
  const names = Object.keys(whole).filter((name) => row && !isKept(object, name, whole[name]) && !same(row[name], whole[name]))
  const [before, values] = [row, whole].map((from) => Object.fromEntries(names.map((name) => [name, from?.[name]])))
  return names.length ? [{ id, whole, before, values }] : []
}

const keepEdits = (object: ObjectDefinition, changes: Changed[], actor: Actor, trx: Transaction) =>
  keepInAudit({ object, actor, action: 'edit' }, changes.map(({ id, before, values }) => ({ id, before, after: values })), trx)

interface Told {
  id: number
  before?: Values
  after: Values
}

/** The audit log knows that a secret changed, not what it is. */
async function keepInAudit({ object, ...what }: { object: ObjectDefinition; actor: Actor; action: string }, all: Told[], trx: Transaction) {
  if (!all.length) return
  const known = all.map(({ id, before, after }) => ({ id, before: before && told(object, before), after: told(object, after) }))
  await recordChangesFrom(
    { ...what, object: object.name },
    sql`select id, before, after from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as made (id bigint, before jsonb, after jsonb)`,
    trx
  )
}

/** Deletes a row where its section allows it (`verbs.remove`): for good, or into the trash. Throws `KeptByOthers` and what the section throws. */
export async function remove(object: ObjectDefinition, id: number, actor: Actor, trx: Transaction) {
  const before = await find(object, id, plain, undefined, trx)
  if (!before || !object.verbs?.remove) return
  await (object.trash ? putAside(object, id, trx) : object.verbs.remove(id, trx, actor))
  await recordChange({ actor, action: 'delete', object: object.name, id, before: told(object, before) }, trx)
}

/** Takes a row out of the trash; answers whether it was there. Throws `InvalidFields`, where another row has its place by now. */
export async function restore(object: ObjectDefinition, id: number, actor: Actor, trx: Transaction): Promise<boolean> {
  const restored = await guarded(object, () => takeBack(object, id, trx))
  if (restored) await recordChange({ actor, action: 'undelete', object: object.name, id }, trx)
  return restored
}

function told(object: ObjectDefinition, values: Values): Values {
  const shown = ([name, value]: [string, unknown]) => [name, objects.field(object, name).secret ? '***' : value]
  return Object.fromEntries(Object.entries(values).map(shown))
}

/** An input of a secret is empty because nobody reads it back, not because it shall go. */
const isKept = (object: ObjectDefinition, name: string, value: unknown) => Boolean(objects.field(object, name).secret) && value === null

function same(before: unknown, after: unknown) {
  const id = (value: unknown) => (value && typeof value === 'object' && 'id' in value ? value.id : value)
  const written = (value: unknown) => (value instanceof Date ? value.toISOString() : (id(value) ?? null))
  return String(written(before)) === String(written(after)) && (written(before) === null) === (written(after) === null)
}
