import { identifier, raw, sql, type Sql } from '#core/database'
import { expression, objects, table, titleOf, type Field, type Reader } from '#core/objects'

/** How a column stands in a workbook: the index of its style in `workbook.ts`, and what a cell says. */
export interface CellKind {
  style: number
  /** The text of a cell that is not empty, as `cellSql` answers it, in XML. */
  write: (value: string, at: string, style: number) => string
}

/** Days are counted from here, since Excel takes 1900 for a leap year. */
const DAY_ZERO = raw("'1899-12-30'")
/** 1 March 1900: before it, Excel's days are wrong by one or are none at all. */
const FIRST_DAY = 61

const number: CellKind['write'] = (value, at, style) => `<c r="${at}" s="${style}"><v>${value}</v></c>`
const text: CellKind['write'] = (value, at, style) => `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
const flag: CellKind['write'] = (value, at) => `<c r="${at}" t="b"><v>${value}</v></c>`
const day: CellKind['write'] = (value, at, style) => (Number(value) < FIRST_DAY ? text(ancient(value), at, styles.text) : number(value, at, style))

export const styles = { plain: 0, date: 1, datetime: 2, money: 3, text: 4, head: 5 }

const kinds: Record<string, CellKind> = {
  integer: { style: styles.plain, write: number },
  decimal: { style: styles.plain, write: number },
  money: { style: styles.money, write: number },
  date: { style: styles.date, write: day },
  datetime: { style: styles.datetime, write: day },
  flag: { style: styles.plain, write: flag },
}

export const textKind: CellKind = { style: styles.text, write: text }

export const cellKindOf = ({ type }: Field): CellKind => kinds[type.name] ?? textKind

/** What the cell of a row holds, as text; of a reference its title. */
export function cellSql(field: Field, reader: Reader): Sql {
  if (field.to) {
    const to = objects.get(field.to)
    return sql`(select ${titleOf(to, identifier('r'), reader)} from ${identifier(to.table)} r where r.id = ${expression(field, table)})`
  }
  return (values[field.type.name] ?? plainly)(expression(field, table), reader)
}

const plainly = (value: Sql) => sql`(${value})::text`

const values: Record<string, (value: Sql, reader: Reader) => Sql> = {
  money: (value) => sql`((${value}) / 100.0)::numeric(20, 2)::text`,
  decimal: (value) => sql`trim_scale(${value})::text`,
  flag: (value) => sql`case when ${value} then '1' when not ${value} then '0' end`,
  date: (value) => sql`((${value}) - date ${DAY_ZERO})::text`,
  datetime: (value, reader) => sql`(extract(epoch from date_trunc('second', (${value}) at time zone ${reader.timezone}) - timestamp ${DAY_ZERO}) / 86400)::float8::text`,
}

function ancient(days: string) {
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(days)) * 86_400_000).toISOString().slice(0, 10)
}

/** Of a cell in Excel. */
const LONGEST = 32_767
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

/** XML knows no control characters; `_x000D_` in a text would be read as a sign, so its underscore is written as one. */
export function escaped(value: string): string {
  return value
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(UNWRITABLE, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>\r]/g, (sign) => entities[sign])
}
