import { empty, identifier, join, quotedName, raw, rows, sql, type Sql } from '#core/database'
import { existing, expression, objects, select, table, type Field, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { type Cursor } from './cursor.js'

export interface PageRequest {
  object: ObjectDefinition
  /** Condition over `t`: filter and search. */
  where: Sql
  /** `field` or `-field`. */
  sort: string
  size: number
  page: number
  /** Where the page begins or ends, when it is the neighbour of one that was shown. */
  cursor?: Cursor
  /** How many rows there are, when that is known: far pages are then counted from the nearer end. */
  total?: number
  /** What is shown of a row: the names of its columns. Only keys are read when not given. */
  shown?: { columns: string[]; reader: Reader }
}

export interface Place {
  id: number
  key: string | null
  /** Of the columns that were asked for. */
  values?: Values & { id: number }
}

/**
 * Which rows stand on a page, in its order. The rows that are passed over give only their keys (DATA, 1d); the cells of the page are
 * looked up by id in the same statement, which spares a journey and a plan.
 */
export async function pageOfRows(request: PageRequest): Promise<{ places: Place[]; more: boolean }> {
  if (request.cursor) return beside(request, request.cursor)
  const { page, size, total } = request
  const before = (page - 1) * size
  return total !== undefined && before > total / 2 ? fromTheEnd(request, total) : fromTheStart(request, before)
}

async function fromTheStart(request: PageRequest, before: number) {
  const walk = walkOf(request)
  const found = await walk.take(walk.forward, sql`true`, request.size + 1, before)
  return { places: found.slice(0, request.size), more: found.length > request.size }
}

/** The last page holds what is left over; rows past the end are none. */
async function fromTheEnd(request: PageRequest, total: number) {
  const walk = walkOf(request)
  const behind = Math.max(0, total - request.page * request.size)
  const size = Math.min(request.size, total - (request.page - 1) * request.size)
  if (size <= 0) return { places: [], more: false }
  const found = await walk.take(walk.backward, sql`true`, size, behind)
  return { places: found.reverse(), more: behind > 0 }
}

async function beside(request: PageRequest, cursor: Cursor) {
  const walk = walkOf(request)
  if (cursor.side === 'after') {
    const found = await walk.past(walk.forward, cursor, request.size + 1)
    return { places: found.slice(0, request.size), more: found.length > request.size }
  }
  const found = await walk.past(walk.backward, cursor, request.size)
  return { places: found.reverse(), more: true }
}

const walkOf = ({ object, where, sort, shown }: PageRequest) => new Walk(object, where, sort, shown)

type Direction = 'asc' | 'desc'

/** No field has a dot in its name. */
const KEY = quotedName('walked.key')

/** Going along one sorted field, then the id, in either direction; nulls are the greatest, as in an index. */
class Walk {
  readonly forward: Direction
  readonly backward: Direction
  readonly #field: Field
  readonly #key: Sql

  constructor(
    readonly object: ObjectDefinition,
    readonly where: Sql,
    sort: string,
    readonly shown: PageRequest['shown']
  ) {
    this.forward = sort.startsWith('-') ? 'desc' : 'asc'
    this.backward = sort.startsWith('-') ? 'asc' : 'desc'
    this.#field = objects.field(object, sort.replace(/^-/, ''))
    this.#key = expression(this.#field, table)
  }

  /** Rows that are passed over are not written out as text: of a hundred thousand that would take longer than finding them. */
  take(direction: Direction, place: Sql, limit: number, offset = 0): Promise<Place[]> {
    const found = sql`${this.#select(place)} ${this.#order(direction)} limit ${limit} offset ${offset}`
    return this.#along(direction, sql`(${found})`, limit)
  }

  /**
   * A null cannot be compared, so the rows with a value and those without are two walks, each along the index, of which the
   * nearest rows are taken.
   */
  past(direction: Direction, { key, id }: Cursor, limit: number): Promise<Place[]> {
    const further = direction === 'asc' ? sql`>` : sql`<`
    const type = raw(this.#field.type.sqlType)
    const amongNulls = sql`(${this.#key} is null and t.id ${further} ${id})`
    const amongValues = sql`(${this.#key}, t.id) ${further} (${key}::${type}, ${id}::bigint)`
    const beyond = direction === 'asc' ? sql`${this.#key} is null` : sql`${this.#key} is not null`
    const walks = key === null ? [amongNulls] : [amongValues]
    if ((key === null) === (direction === 'desc')) walks.push(beyond)

    const taken = walks.map((place) => sql`(${this.#select(place)} ${this.#order(direction)} limit ${limit})`)
    return this.#along(direction, sql`(${join(taken, ' union all ')})`, limit)
  }

  #along(direction: Direction, walked: Sql, limit: number): Promise<Place[]> {
    const along = direction === 'asc' ? sql`walked.sorted asc, walked.id asc` : sql`walked.sorted desc, walked.id desc`
    const further = sql`from ${walked} walked ${this.#cells()} order by ${along} limit ${limit}`
    if (!this.shown) return rows<Place>(sql`select walked.id, walked.sorted::text as key ${further}`)
    return this.#withCells(sql`select cells.*, walked.sorted::text as ${KEY} ${further}`)
  }

  #cells(): Sql {
    if (!this.shown) return empty
    return sql`join lateral (${select(this.object, { ...this.shown, where: sql`t.id = walked.id`, sort: 'id' })}) cells on true`
  }

  async #withCells(statement: Sql): Promise<Place[]> {
    const found = await rows<Values & { id: number; 'walked.key': string | null }>(statement)
    return found.map((values) => ({ id: values.id, key: values['walked.key'], values }))
  }

  #select(place: Sql) {
    return sql`select t.id, ${this.#key} as sorted from ${identifier(this.object.table)} ${table}
      where ${existing(this.object)} and ${this.where} and ${place}`
  }

  #order(direction: Direction) {
    const way = raw(direction)
    return this.#field.name === 'id' ? sql`order by t.id ${way}` : sql`order by ${this.#key} ${way}, t.id ${way}`
  }
}
