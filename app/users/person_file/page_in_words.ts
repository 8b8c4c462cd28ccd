import { labelOf, money, nameOf, worded, type FieldDraft, type Reader } from '#core/objects'
import { inWords } from './in_words.js'
import { fieldOf, objectOf, type PersonPage } from './person_pages.js'
import { dataInWords } from './data_in_words.js'
import { titlesOf } from './titles_of.js'

interface PageInWords {
  name: string
  heads: string[]
  rows: string[][]
}

type Row = Record<string, unknown>

/** How one column, or one further field of an administrator, is read. */
interface Column {
  head: string
  /** What a row holds there. */
  held: (row: Row) => unknown
  field?: FieldDraft
}

/** Figures that no object shows as they lie in their table. */
const figures: Record<string, FieldDraft> = { 'user_stats.receipts_total': money() }

/** A page as the person reads it: what holds something, in the order of the product's own cards, each value in words. */
export async function pageInWords(page: PersonPage, reader: Reader): Promise<PageInWords> {
  const object = objectOf(page.table)
  const filled = columnsOf(page, reader).filter(({ held }) => page.rows.some((row) => !isEmpty(held(row))))
  const drawn = await Promise.all(filled.map((column) => cells(column, page.rows, reader)))
  return {
    name: worded(reader, `personal.tables.${page.table}`) ?? (object ? nameOf(object, page.rows.length > 1 ? 'many' : 'one', reader) : page.table),
    heads: filled.map(({ head }) => head),
    rows: page.rows.map((_row, at) => drawn.map((column) => column[at])),
  }
}

function columnsOf({ table, customer, rows }: PersonPage, reader: Reader): Column[] {
  const fields = [...(objectOf(table)?.fields.values() ?? [])]
  const place = (name: string) => fields.findIndex((field) => field.column === name && !field.attribute && !field.sql)
  const known = Object.keys(rows[0]).filter((name) => name !== 'attributes' && (name !== customer || name === 'id' || tellsApart(rows, name)))
  const own = known
    .sort((one, other) => (place(one) < 0 ? fields.length : place(one)) - (place(other) < 0 ? fields.length : place(other)))
    .map((name) => ({ head: headOf(table, name, reader), held: (row: Row) => row[name], field: fieldOf(table, name) ?? figures[`${table}.${name}`] }))
  const added = fields
    .filter(({ attribute }) => attribute)
    .map((field) => ({ head: labelOf(field, reader), held: ({ attributes }: Row) => (attributes as Row | undefined)?.[field.name], field }))
  return [...own, ...added]
}

/** Whose row it is says something only of somebody who was merged. */
const tellsApart = (rows: Row[], name: string) => new Set(rows.map((row) => row[name])).size > 1

export function headOf(table: string, column: string, reader: Reader): string {
  const field = fieldOf(table, column)
  return field ? labelOf(field, reader) : (worded(reader, `personFile.columns.${column}`) ?? column)
}

async function cells({ held, field }: Column, rows: Row[], reader: Reader): Promise<string[]> {
  if (field?.to) {
    const called = await titlesOf(field.to, rows.map(held), reader)
    return rows.map((row) => (isEmpty(held(row)) ? '' : (called.get(held(row)) ?? String(held(row)))))
  }
  if (rows.some((row) => typeof held(row) === 'object' && held(row) !== null)) return dataInWords(rows.map((row) => ({ signal: row.signal, data: held(row) })), reader)
  return rows.map((row) => (isEmpty(held(row)) ? '' : inWords(held(row), field, reader)))
}

function isEmpty(value: unknown) {
  return value === null || value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}
