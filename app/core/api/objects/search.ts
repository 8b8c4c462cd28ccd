import vine from '@vinejs/vine'
import { conditionOf, parseFilter } from '#core/filters'
import { InvalidCall } from '#core/methods'
import { searchable, sortable, sortFor, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { countedBy, cursorText, pageOfRows, placeIn, totalOf, type Cursor } from '#core/screens'
import { readableFields } from './field_schema.js'

export const MOST_ROWS = 200

/** What a search may say; `filter` is that of lists (core/filters). */
export const searchInput = vine.create({
  filter: vine.record(vine.any()).optional(),
  search: vine.string().maxLength(200).optional(),
  columns: vine.array(vine.string().maxLength(100)).minLength(1).maxLength(200).optional(),
  sort: vine.string().maxLength(100).optional(),
  limit: vine.number().withoutDecimals().min(1).max(MOST_ROWS).optional(),
  cursor: vine.string().maxLength(2000).optional(),
  total: vine.boolean().optional(),
})

export type Search = Awaited<ReturnType<typeof searchInput.validate>>

/** A page of rows, in an order in which rows that come or go shift nothing. Throws `InvalidCall`, `InvalidFilter`. */
export async function search(object: ObjectDefinition, asked: Search, reader: Reader) {
  const { limit = 50, cursor } = asked
  const sort = sortIn(object, asked.sort, reader)
  const columns = columnsIn(object, asked.columns, reader)
  const words = asked.search ?? ''
  if (words && !searchable(object, reader)) throw wrong('search', reader)
  const filter = parseFilter(asked.filter ?? { logic: 'and', of: [] }, object, reader)

  const { places, more } = await pageOfRows({
    object,
    where: conditionOf({ object, filter, search: words }, reader),
    sort,
    size: limit,
    page: 1,
    cursor: cursor === undefined ? undefined : await cursorIn(object, sort, cursor, reader),
    shown: { columns, reader },
  })
  const last = places.at(-1)
  const total = asked.total ? await totalOf(countedBy({ object, filter, search: words }, reader)) : undefined
  return {
    rows: places.map(({ values }) => cellsOf(values!, columns)),
    next: more && last ? `${sort}~${cursorText({ side: 'after', key: last.key, id: last.id })}` : null,
    ...(total && { total: { count: total.count, kind: total.kind } }),
  }
}

/** The page knows of its rows also where they stand in their order. */
function cellsOf(values: Values & { id: number }, columns: string[]): Values {
  return Object.fromEntries(['id', ...columns].map((name) => [name, values[name]]))
}

function sortIn(object: ObjectDefinition, asked: string | undefined, reader: Reader) {
  if (asked === undefined) return sortFor(object, undefined, reader)
  if (!sortable(object, asked, reader)) throw wrong('sort', reader)
  return asked
}

function columnsIn(object: ObjectDefinition, asked: string[] | undefined, reader: Reader) {
  const known = readableFields(object).map(({ name }) => name)
  const unknown = asked?.findIndex((name) => !known.includes(name)) ?? -1
  if (unknown >= 0) throw wrong(`columns.${unknown}`, reader)
  return asked ?? known
}

/** A cursor goes on in the order in which it was made. */
async function cursorIn(object: ObjectDefinition, sort: string, text: string, reader: Reader): Promise<Cursor> {
  const [madeFor, place = ''] = text.split('~')
  const cursor = madeFor === sort ? await placeIn(object, sort, place) : undefined
  if (!cursor || cursor.side !== 'after') throw wrong('cursor', reader)
  return cursor
}

const wrong = (path: string, reader: Reader) => new InvalidCall([[path, reader.t('calls.messages.in')]])
