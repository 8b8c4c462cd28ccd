import { stringify } from 'csv-stringify/sync'
import { type Reader } from '#core/objects'
import { escapeCell } from './escape_cell.js'

/** What a spreadsheet of this language reads between cells. */
export const delimiterFor = ({ locale }: Pick<Reader, 'locale'>) => (locale === 'ru' ? ';' : ',')

/** Excel reads UTF-8 only behind this mark. */
const BYTE_ORDER_MARK = '\ufeff'

/** Writes lines of a CSV of which a spreadsheet computes nothing: numbers are numbers, and a text never becomes a formula. */
export function csvFor(reader: Pick<Reader, 'locale'>, delimiter: string = delimiterFor(reader)) {
  const lines = (rows: unknown[][]) => stringify(rows, { delimiter, cast: { string: escapeCell } })
  return {
    /** The lines with which a file begins. */
    first: (...rows: unknown[][]) => BYTE_ORDER_MARK + lines(rows),
    lines,
  }
}
