import { identifier, quotedName, raw, rows, sql, type Sql } from '#core/database'
import { existing, expression, objects, FlatRows, table, type Field, type ObjectDefinition, type Reader, type Values } from '#core/objects'
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
 * Which rows stand on a page, in its order, in one statement. Where rows are passed over, they give only their keys (DATA, 1d), and the
 * cells of the page are looked up by id.
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

/** No path of fields has two dots. */
const KEY_NAME = 'sorted..by'
const KEY = quotedName(KEY_NAME)

/** Going along one sorted field, then the id, in either direction; nulls are the greatest, as in an index. */
class Walk {
  readonly forward: Direction
  readonly backward: Direction
  readonly #field: Field
  readonly #key: Sql
  readonly #shown?: FlatRows

  constructor(
    readonly object: ObjectDefinition,
    readonly where: Sql,
    sort: string,
    shown: PageRequest['shown']
  ) {
    this.forward = sort.startsWith('-') ? 'desc' : 'asc'
    this.backward = sort.startsWith('-') ? 'asc' : 'desc'
    this.#field = objects.field(object, sort.replace(/^-/, ''))
    this.#key = expression(this.#field, table)
    this.#shown = shown && new FlatRows(object, shown.columns, shown.reader)
  }

  /** Rows that are passed over give only their keys; where none is, nothing is looked up by id. */
  take(direction: Direction, place: Sql, limit: number, offset = 0): Promise<Place[]> {
    const order = this.#order(direction)
    if (!offset) return this.#read(sql`${this.#met(place)} ${order} limit ${limit}`)
    const walked = sql`select t.id as walked_id, ${this.#key} as walked_by ${this.#met(place)} ${order} limit ${limit} offset ${offset}`
    const along = direction === 'asc' ? sql`walked_by asc, walked_id asc` : sql`walked_by desc, walked_id desc`
    return this.#read(sql`from (${walked}) walked join ${this.#table} on t.id = walked_id order by ${along}`)
  }

  /** A null cannot be compared, so the rows with a value and those without are two walks along the index, one after the other. */
  async past(direction: Direction, { key, id }: Cursor, limit: number): Promise<Place[]> {
    const further = direction === 'asc' ? sql`>` : sql`<`
    const type = raw(this.#field.type.sqlType)
    const amongNulls = sql`(${this.#key} is null and t.id ${further} ${id})`
    const amongValues = sql`(${this.#key}, t.id) ${further} (${key}::${type}, ${id}::bigint)`
    const nearest = await this.take(direction, key === null ? amongNulls : amongValues, limit)
    const beyond = direction === 'asc' ? sql`${this.#key} is null` : sql`${this.#key} is not null`
    const ends = (key === null) !== (direction === 'desc')
    if (nearest.length === limit || ends) return nearest
    return [...nearest, ...(await this.take(direction, beyond, limit - nearest.length))]
  }

  /** Keys are written as text for the rows of the page alone: of all that are passed over that would take longer than finding them. */
  async #read(source: Sql): Promise<Place[]> {
    const cells = this.#shown?.columns ?? sql`t.id`
    const found = await rows<Values & { id: number; [KEY_NAME]: string | null }>(sql`select ${cells}, ${this.#key}::text as ${KEY} ${source}`)
    const values = this.#shown?.folded(found)
    return found.map((row, index) => ({ id: row.id, key: row[KEY_NAME], values: values?.[index] }))
  }

  #met(place: Sql) {
    return sql`from ${this.#table} where ${existing(this.object)} and ${this.where} and ${place}`
  }

  get #table(): Sql {
    return sql`${identifier(this.object.table)} ${table}`
  }

  #order(direction: Direction) {
    const way = raw(direction)
    return this.#field.name === 'id' ? sql`order by t.id ${way}` : sql`order by ${this.#key} ${way}, t.id ${way}`
  }
}
