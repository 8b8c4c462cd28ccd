import { dateTime, flag, objects, show, titles, worded, type Field, type Reader } from '#core/objects'
import { fieldOf, type PersonPage } from './person_pages.js'

interface PageInWords {
  name: string
  heads: string[]
  rows: string[][]
}

type Titles = Map<unknown, string | null>

/** A page as the person reads it: columns that hold something, references by their titles, moments and choices in words. */
export async function pageInWords(page: PersonPage, reader: Reader): Promise<PageInWords> {
  const { table, columns, rows } = page
  const filled = columns
    .filter((column) => rows.some((one) => !isEmpty(one[column.name])))
    .map((column) => ({ ...column, field: fieldOf(table, column.name) }))
  const called = await Promise.all(filled.map(({ field, name }) => titlesFor(field, rows.map((one) => one[name]), reader)))
  return {
    name: worded(reader, `personal.tables.${table}`) ?? page.name,
    heads: filled.map(({ label, name }) => (label === name ? (worded(reader, `personFile.columns.${name}`) ?? label) : label)),
    rows: rows.map((one) => filled.map(({ field, name }, index) => inWords(one[name], field, called[index], reader))),
  }
}

/** Titles of what the rows refer to; people besides the one who asked stay numbers. */
async function titlesFor(field: Field | undefined, ids: unknown[], reader: Reader): Promise<Titles> {
  if (!field?.to) return new Map()
  const to = objects.get(field.to)
  if (to.name === 'staff' || [...to.fields.values()].some(({ personal }) => personal)) return new Map()
  const wanted = [...new Set(ids)].filter((id): id is number => typeof id === 'number')
  return new Map((await titles(to, wanted, reader)).map(({ id, title }) => [id, title]))
}

function inWords(value: unknown, field: Field | undefined, called: Titles, reader: Reader): string {
  if (isEmpty(value)) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  if (field?.to) return called.get(value) ?? String(value)
  if (field) return field.type.show(value as never, field, reader)
  if (typeof value === 'boolean') return show(flag(), value, reader)
  if (typeof value === 'string' && MOMENT.test(value)) return show(dateTime(), value, reader)
  return String(value)
}

/** How a moment is written in a row read as JSON. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/

function isEmpty(value: unknown) {
  return value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}
