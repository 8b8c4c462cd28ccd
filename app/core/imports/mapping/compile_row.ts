import { unescapeCell } from '#core/files'
import { InvalidValue, named, objects, readable, text, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { type CsvRecord } from '../csv/parse_csv.js'
import { keyFields, type Source } from './mapping.js'
import { type Settings } from '../settings.js'
import { lookupsOf, targetOf } from './targets.js'
import { compileTemplate, type Row } from './template.js'

/** Why a row is refused; words are `validator.<code>`, at the field when one is to blame. */
export interface Reason {
  field?: string
  code: string
  params?: Record<string, unknown>
}

/** A column of the staging table. */
export interface StagedColumn {
  field: Field
  extra: boolean
  /** What parses the cells and types the column: the field itself, or the one by which a reference is looked up. */
  read: Field
  by?: string
  unknown: 'reject' | 'empty'
}

/** A row as the staging table takes it: the cells in the order of the columns, and what identifies it. */
export type StagedRow = { cells: (string | null)[]; key: string } | { reasons: Reason[] }

export function stagedColumns(object: ObjectDefinition, settings: Settings): StagedColumn[] {
  return Object.entries(settings.fields).map(([name, source]) => {
    const target = targetOf(object, name)!
    const { to } = target.field
    const by = to && (source.by ?? lookupsOf(to)[0])
    return { ...target, by, read: readBy(target.field, by), unknown: source.unknown ?? 'reject' }
  })
}

function readBy(field: Field, by?: string): Field {
  if (!by || by === 'id') return field
  return by === 'title' ? title : objects.field(objects.get(field.to!), by)
}

const title = named('', 'title', text({ max: 1000 }))

/** Compiles the mapping once, so that a row costs no more than its cells. */
export function compileRow(object: ObjectDefinition, settings: Settings, reader: Reader) {
  const columns = stagedColumns(object, settings)
  const cells = columns.map(({ field, read }) => cellOf(field, read, settings.fields[field.name], settings.columns, reader))
  const keys = keyFields(settings.match).map((name) => columns.findIndex(({ field }) => field.name === name))
  const templated = Object.values(settings.fields).some(({ template }) => template !== undefined)

  return (record: CsvRecord): StagedRow => {
    const fault = faultOfRecord(record, settings.columns.length)
    if (fault) return { reasons: [fault] }

    const texts = record.cells.map(unescapeCell)
    const row = templated ? rowOf(settings.columns, texts) : {}
    const reasons: Reason[] = []
    const values = cells.map((cell) => cell(texts, row, reasons))
    for (const index of keys) {
      if (values[index] === null && !reasons.length) reasons.push({ field: columns[index].field.name, code: 'required' })
    }
    return reasons.length ? { reasons } : { cells: values, key: keys.length ? keys.map((index) => values[index]).join('\u001f') : String(record.line) }
  }
}

function faultOfRecord({ cells, error }: CsvRecord, expected: number): Reason | null {
  if (error) return { code: error }
  if (cells.length !== expected) return { code: 'ragged', params: { expected, found: cells.length } }
  return cells.some((cell) => cell.includes('\ufffd')) ? { code: 'encoding' } : null
}

function rowOf(columns: string[], texts: string[]): Row {
  return Object.fromEntries(columns.map((name, index) => [name, texts[index]]))
}

type Cell = (texts: string[], row: Row, reasons: Reason[]) => string | null

/** One field of a row. The same text means the same value, so what was parsed lately is not parsed again: dates are dear. */
function cellOf(field: Field, read: Field, source: Source, columns: string[], reader: Reader): Cell {
  const textIn = textOf(source, columns)
  const spaced = read.format === 'multiline' || read.format === 'code'
  const known = new Map<string, string | Reason>()

  return (texts, row, reasons) => {
    const taken = textIn(texts, row)
    if (typeof taken !== 'string') return refuse(reasons, { field: field.name, ...taken })
    const typed = spaced ? taken : taken.trim()
    if (typed === '') return null

    let value = known.get(typed)
    if (value === undefined) {
      value = parse(typed, field, read, reader)
      if (known.size >= REMEMBERED) known.clear()
      known.set(typed, value)
    }
    return typeof value === 'string' ? value : refuse(reasons, value)
  }
}

const REMEMBERED = 10_000

function textOf({ column, template }: Source, columns: string[]): (texts: string[], row: Row) => string | Reason {
  if (template === undefined) {
    const index = columns.indexOf(column!)
    return (texts) => texts[index]
  }
  const render = compileTemplate(template)
  return (_texts, row) => {
    try {
      return render(row)
    } catch (error) {
      return { code: 'template', params: { reason: (error as Error).message.split('\n')[0] } }
    }
  }
}

function parse(typed: string, field: Field, read: Field, reader: Reader): string | Reason {
  try {
    return String(read.type.parse(typed, read, reader))
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error
    return { field: field.name, code: error.code, params: readable(error, read, reader).params }
  }
}

function refuse(reasons: Reason[], reason: Reason) {
  reasons.push(reason)
  return null
}
