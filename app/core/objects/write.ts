import { execute, identifier, join, raw, rows, sql, type Sql, type Transaction } from '#core/database'
import { recordChange, recordChangesFrom } from '#core/audit'
import { type Actor, type Values } from './actor.js'
import { type ObjectDefinition } from './define_object.js'
import { plain } from './fields/field.js'
import { InvalidFields } from './invalid_fields.js'
import { find } from './records.js'
import { objects } from './registry.js'
import { checkReferences, putAside, takeBack } from './trash.js'

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
  const ids = await insert(object, complete, trx)
  for (const [index, id] of ids.entries()) await object.verbs?.after?.(id, complete[index], trx, actor)
  const after = ids.map((id, index) => ({ id, after: told(object, complete[index]) }))
  await recordChangesFrom(
    { actor, action: 'create', object: object.name },
    sql`select id, null::jsonb as before, after from jsonb_to_recordset(${JSON.stringify(after)}::jsonb) as made (id bigint, after jsonb)`,
    trx
  )
  return ids
}

/** Whether its rules let many rows be created at once. */
export const createsTogether = ({ verbs }: Pick<ObjectDefinition, 'verbs'>) => Boolean(verbs?.alone) || !(verbs?.before || verbs?.after)

/** A statement binds 65,535 values at most. */
const MOST_VALUES = 30_000

/** Ids come in the order of the rows, since the sequence is asked for one row after the other. */
async function insert(object: ObjectDefinition, values: Values[], trx: Transaction): Promise<number[]> {
  const lines = values.map((one) => new Map(cellsOf(object, one, sql`'{}'::jsonb`).map(({ column, value }) => [column.text, value])))
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

/** Changes fields of a row; those that stay equal are not written. Answers whether any was. Throws `InvalidFields`. */
export async function edit(object: ObjectDefinition, id: number, values: Values, actor: Actor, trx: Transaction): Promise<boolean> {
  const complete = (await object.verbs?.before?.(values, trx, id, actor)) ?? values
  const changes = await changed(object, id, complete, trx)
  if (!changes) return false
  await checkReferences(object, [changes.after], trx)
  await assign(object, id, changes.after, trx)
  await object.verbs?.after?.(id, complete, trx, actor)
  await recordEdit(object, id, changes, actor, trx)
  return true
}

/**
 * Writes what stood in another row, or in this one before, as it stood there: rules of today do not stop a merge or its undoing at an old value
 * that they would refuse. Of fields that there are no more nothing is written.
 */
export async function carry(object: ObjectDefinition, id: number, values: Values, actor: Actor, trx: Transaction) {
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => object.fields.has(name)))
  const changes = await changed(object, id, known, trx)
  if (!changes) return
  await assign(object, id, changes.after, trx)
  await recordEdit(object, id, changes, actor, trx)
}

interface Changes {
  before: Values
  after: Values
}

/** What is not as it shall be; undefined where all is, or where there is no such row. */
async function changed(object: ObjectDefinition, id: number, complete: Values, trx: Transaction): Promise<Changes | undefined> {
  const before = await find(object, id, plain, Object.keys(complete), trx)
  const names = Object.keys(complete).filter((name) => !isKept(object, name, complete[name]) && !same(before?.[name], complete[name]))
  if (!before || !names.length) return undefined
  const these = (from: Values) => Object.fromEntries(names.map((name) => [name, from[name]]))
  return { before: these(before), after: these(complete) }
}

async function assign(object: ObjectDefinition, id: number, values: Values, trx: Transaction) {
  const assignments = cellsOf(object, values, sql`attributes`).map(({ column, value }) => sql`${column} = ${value}`)
  if (object.fields.has('updatedAt')) assignments.push(sql`updated_at = now()`)
  await guarded(object, () =>
    execute(sql`update ${identifier(object.table)} set ${join(assignments)} where id = ${id}`, trx)
  )
}

function recordEdit(object: ObjectDefinition, id: number, { before, after }: Changes, actor: Actor, trx: Transaction) {
  return recordChange({ actor, action: 'edit', object: object.name, id, before: told(object, before), after: told(object, after) }, trx)
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

/** What is written into which column. Attributes share one, where `present` holds the others; an empty one leaves it. */
function cellsOf(object: ObjectDefinition, values: Values, present: Sql): { column: Sql; value: Sql }[] {
  const [own, shared] = [false, true].map((attribute) =>
    Object.keys(values).filter((name) => Boolean(objects.field(object, name).attribute) === attribute)
  )
  const cells = own.map((name) => ({ column: identifier(objects.field(object, name).column), value: sql`${values[name]}` }))
  if (!shared.length) return cells
  const attributes = JSON.stringify(Object.fromEntries(shared.map((name) => [name, values[name]])))
  return [...cells, { column: identifier('attributes'), value: sql`jsonb_strip_nulls(${present} || ${attributes}::jsonb)` }]
}

/** What the audit log may know: that a secret changed, not what it is. */
function told(object: ObjectDefinition, values: Values): Values {
  const shown = ([name, value]: [string, unknown]) => [name, objects.field(object, name).secret ? '***' : value]
  return Object.fromEntries(Object.entries(values).map(shown))
}

/** Turns what PostgreSQL refuses (unique, foreign key, check) into an error at the field whose column it names. */
async function guarded<Result>(object: ObjectDefinition, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    throw InvalidFields.from(error, object) ?? error
  }
}

/** An input of a secret is empty because nobody reads it back, not because it shall go. */
const isKept = (object: ObjectDefinition, name: string, value: unknown) => Boolean(objects.field(object, name).secret) && value === null

function same(before: unknown, after: unknown) {
  const id = (value: unknown) => (value && typeof value === 'object' && 'id' in value ? value.id : value)
  const written = (value: unknown) => (value instanceof Date ? value.toISOString() : (id(value) ?? null))
  return String(written(before)) === String(written(after)) && (written(before) === null) === (written(after) === null)
}
