import { type Group } from '#core/filters'
import { columnOf, hidden, objects, titled, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { type RowsOf } from './row_source.js'

export const formats = ['csv', 'xlsx'] as const

/** What is taken out of a list: its rows, their order, the columns; and the kind of file. */
export interface ExportView {
  filter: Group
  search: string
  /** Only rows that a section names. */
  among?: RowsOf
  /** `field` or `-field`. */
  sort: string
  columns: string[]
  format: (typeof formats)[number]
  /** Of a CSV. */
  delimiter: ',' | ';'
}

/** Columns whose values the reader may not see are left out, and those of rows that they may not read: a file of masks is of no use. */
export function knownColumns(object: ObjectDefinition, columns: string[], reader: Reader) {
  return columns.filter((name) => {
    const field = columnOf(object, name)
    return !hidden(field, reader) && (!field.behind || reader.reads(field.object))
  })
}

/** Whether a file with these columns would tell personal data, be it by the name of a referenced person. */
export function holdsPersonal(object: ObjectDefinition, columns: string[], reader: Reader): boolean {
  return knownColumns(object, columns, reader).some((name) => isPersonal(columnOf(object, name), reader))
}

function isPersonal({ personal, to, behind }: Field, reader: Reader): boolean {
  if (personal || behind?.personal) return true
  if (!to) return false
  const there = objects.get(to)
  return Boolean(there.personalTitle) && titled(there, reader)
}
