import { InvalidValue, plain, type Field, type Reader } from '#core/objects'
import { attributeField, attributeTypes, type Attribute } from '#core/attributes'
import { look } from '#core/imports'
import { firstRows, foundColumns } from '../found/columns.js'
import { foundRelation } from '../found/relations.js'
import { type Draft, type DraftField } from './draft.js'

const ROWS = 5

interface Preview {
  columns: { label: string; align: string }[]
  /** `wrong`: the value does not fit the type, and an import would refuse its row. */
  rows: { text: string; align: string; wrong: boolean }[][]
}

/** How the list will look: the head, and the first rows where there are any. */
export async function previewOf(draft: Draft, reader: Reader): Promise<Preview> {
  const taken = draft.fields.filter((field) => field.taken)
  const fields = taken.map(fieldOf)
  const samples = await samplesOf(draft, taken)
  return {
    columns: taken.map(({ label, labelEn, from }, index) => ({
      label: (reader.locale === 'en' && labelEn) || label || from || '…',
      align: fields[index].type.align ?? '',
    })),
    rows: samples.map((cells) => cells.map((cell, index) => ({ ...shown(cell, fields[index], reader), align: fields[index].type.align ?? '' }))),
  }
}

/** A choice and a reference are shown as they are written: neither the list nor the row is there yet. */
function fieldOf({ type: written }: DraftField): Field {
  const type = ['choice', 'reference'].includes(written.split(':')[0]) ? 'text' : written
  const known = Object.hasOwn(attributeTypes, type) ? type : 'text'
  return attributeField({ object: 'preview', name: 'cell', type: known, columnName: 'cell' } as Attribute)
}

/** Cells of the first rows by field, as they are written there; made up where nothing is there yet. */
async function samplesOf({ source }: Draft, fields: DraftField[]): Promise<(string | null)[][]> {
  if (source.file) {
    const { columns, rows } = await look(source.file, {}, ROWS)
    return rows.map((cells) => fields.map(({ from }) => cells[columns.indexOf(from)] ?? null))
  }
  const relation = source.relation && (await foundRelation(source.relation))
  if (!relation) return [fields.map(({ type }) => examples[type.split(':')[0]] ?? null)]
  const columns = await foundColumns(relation)
  const chosen = fields.map(({ from }) => columns.find(({ name }) => name === from))
  const rows = await firstRows(relation, chosen.filter((column) => column !== undefined))
  return rows.map((cells) => {
    const rest = [...cells]
    return chosen.map((column) => (column ? (rest.shift() ?? null) : null))
  })
}

const examples: Record<string, string> = {
  text: '…', longText: '…', integer: '1200', decimal: '12.5', money: '1990.00', date: '2026-02-01', datetime: '2026-02-01T10:30', flag: '1',
  choice: '…', reference: '…',
}

function shown(cell: string | null, field: Field, reader: Reader) {
  const written = cell?.trim() ?? ''
  if (!written) return { text: '—', wrong: false }
  try {
    const value = field.type.parse(written, field, { ...plain, timezone: reader.timezone })
    return { text: field.type.show(value as never, field, reader).slice(0, 120), wrong: false }
  } catch (error) {
    if (error instanceof InvalidValue) return { text: written.slice(0, 120), wrong: true }
    throw error
  }
}
