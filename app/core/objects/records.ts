import { empty, identifier, join, quotedName, row, rows, sql, type Sql, type Transaction } from '#core/database'
import { type Values } from './actor.js'
import { type ObjectDefinition } from './define_object.js'
import { expression } from './expression.js'
import { hidden, type Field, type Reader } from './fields/field.js'
import { canonical, followsMerges, wasMerged } from './aliases.js'
import { mask } from './mask.js'
import { objects, UnknownName } from './registry.js'

export interface Selection {
  /** For whom it is read: titles are in their language, and of personal data that they may not see a mask is read (`mask.ts`). */
  reader: Reader
  /** Names of fields, or paths to fields of referenced objects (`columnOf`); `id` is always there. */
  columns: string[]
  /** A condition over the alias `t`, compiled from a filter. */
  where?: Sql
  /** `field` or `-field`. Rows that are equal by it follow by id. */
  sort?: string
  /** Of the rows in the trash. */
  deleted?: boolean
  limit?: number
  offset?: number
}

/** The alias of the object's table in every statement built here; filters compile against it. */
export const table = identifier('t')

/** Rows of an object, each keyed by field name; a reference is `{ id, title }` or null. */
export function select(object: ObjectDefinition, selection: Selection): Sql {
  const names = [...new Set(['id', ...selection.columns])]
  const columns = names.map((name) => sql`${value(columnOf(object, name), selection.reader)} as ${quotedName(name)}`)
  const limit = selection.limit === undefined ? empty : sql`limit ${selection.limit}`
  const offset = selection.offset ? sql`offset ${selection.offset}` : empty

  return sql`select ${join(columns)} from ${identifier(object.table)} ${table}
    where ${selection.deleted ? deleted(object) : existing(object)} and ${selection.where ?? sql`true`}
    order by ${order(object, sortFor(object, selection.sort, selection.reader))} ${limit} ${offset}`
}

/** What one row holds for a field, for a select list. */
function value(field: Field, reader: Reader): Sql {
  if (!leads(field, reader)) return bareValue(field, reader)
  const to = objects.get(field.to!)
  const r = identifier('r')
  return sql`(select jsonb_build_object('id', r.id, 'title', ${titleOf(to, r, reader)})
    from ${identifier(to.table)} r where r.id = ${target(field, table)})`
}

/** A field as it is read; a reference is the id that it leads to today. */
export function target(field: Field, alias: Sql): Sql {
  const id = expression(field, alias)
  return followsMerges(field) ? canonical(objects.get(field.to!), id) : id
}

/** The same, but of a reference its id alone. */
export function bareValue(field: Field, reader: Reader): Sql {
  return hidden(field, reader) ? mask(field, table) : target(field, table)
}

/** Whether the reader sees in a field which row it points at. */
export const leads = (field: Field, reader: Reader) => Boolean(field.to) && !hidden(field, reader)

/** How a row is called before this reader. */
export function titleOf(object: ObjectDefinition, alias: Sql, reader: Reader): Sql {
  return titled(object, reader) ? object.title(alias, reader.locale) : sql`('№ ' || ${alias}.id)`
}

/** Whether the reader may know how rows are called. */
export function titled(object: ObjectDefinition, reader: Reader): boolean {
  return !object.personalTitle || reader.knows(object.name)
}

/** Whether the reader may search the object by its words: what is found by a name tells the name. */
export function searchable(object: ObjectDefinition, reader: Reader): boolean {
  return Boolean(object.search) && titled(object, reader)
}

/** Whether the reader may have the rows in this order, which tells the values. */
export function sortable(object: ObjectDefinition, sort: string, reader: Reader): boolean {
  const field = object.fields.get(sort.replace(/^-/, ''))
  return Boolean(field?.sortable) && !hidden(field!, reader)
}

/** The order that is asked for, or the object's own; by a hidden field nothing is ordered. */
export function sortFor(object: ObjectDefinition, asked: string | undefined, reader: Reader): string {
  const sort = asked ?? object.sort
  return hidden(objects.field(object, sort.replace(/^-/, '')), reader) ? '-id' : sort
}

/**
 * A column of a list: a field, or by a path (`status.allowsSending`) a field of the row that a reference leads to. The latter is a
 * computed field, so it is read, shown, hidden and exported like any other. Throws `UnknownName`.
 */
export function columnOf(object: ObjectDefinition, path: string): Field {
  const [name, ...rest] = path.split('.')
  const field = objects.field(object, name)
  if (!rest.length) return field
  if (!field.to || rest.length > 1) throw new UnknownName(`column of "${object.name}"`, path)
  const to = objects.get(field.to)
  const far = objects.field(to, rest[0])
  const other = identifier('far')
  const there = (holder: Sql) => sql`(select ${expression(far, other)} from ${identifier(to.table)} far
    where far.id = ${expression(field, holder)} and ${existing(to, other)})`
  const kept = Object.defineProperties({}, Object.getOwnPropertyDescriptors(far)) as Field
  return Object.assign(kept, { sql: there, readonly: true, sortable: false, inverse: undefined, behind: field })
}

/** Rows that are there for people: deleted ones are not. */
export function existing(object: ObjectDefinition, alias: Sql = table): Sql {
  return among(object, alias, object.trash && sql`${alias}.deleted_at is null`)
}

/** Rows in the trash. */
export function deleted(object: ObjectDefinition, alias: Sql = table): Sql {
  const inTrash = object.trash ? sql`${alias}.deleted_at is not null` : sql`false`
  return among(object, alias, object.aliases ? sql`${inTrash} and not ${wasMerged(object, alias)}` : inTrash)
}

function among({ scope }: ObjectDefinition, alias: Sql, kept: Sql | false | undefined): Sql {
  const conditions = [scope?.(alias), kept].filter((one): one is Sql => Boolean(one))
  return conditions.length ? join(conditions, ' and ') : sql`true`
}

/** `order by` that an index on (column, id) serves in both directions. */
export function order(object: ObjectDefinition, sort: string): Sql {
  const descending = sort.startsWith('-')
  const field = objects.field(object, sort.replace(/^-/, ''))
  const direction = descending ? sql`desc` : sql`asc`
  const id = sql`${table}.id ${direction}`
  return field.name === 'id' ? id : sql`${expression(field, table)} ${direction}, ${id}`
}

/** One row by id, or undefined. */
export async function find(
  object: ObjectDefinition,
  id: number,
  reader: Reader,
  columns = [...object.fields.keys()],
  trx?: Transaction
) {
  return row<Values & { id: number }>(select(object, { reader, columns, where: sql`${table}.id = ${id}` }), trx)
}

/** Id and title of rows, for pickers and headings. */
export async function titles(object: ObjectDefinition, ids: number[], reader: Reader, trx?: Transaction) {
  return rows<{ id: number; title: string | null }>(
    sql`select t.id, ${titleOf(object, table, reader)} as title from ${identifier(object.table)} t where t.id = any(${ids})`,
    trx
  )
}
