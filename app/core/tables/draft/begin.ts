import { findFile } from '#core/files'
import { look } from '#core/imports'
import { objects, type Reader } from '#core/objects'
import { foundColumns, type FoundColumn } from '../found/columns.js'
import { foundRelation } from '../found/relations.js'
import { MOST_FIELDS, emptyField, type Draft, type DraftField, type Source } from './draft.js'
import { guessTellsApart, guessType } from './guess_type.js'

const blank: Omit<Draft, 'source' | 'fields'> = {
  many: '', one: '', manyEn: '', oneEn: '', path: '', menuGroup: 'database', title: '0', key: '', editable: false,
}

/** Rows of a file that types are guessed from. */
const SAMPLE = 200

/** The draft that the wizard opens with; undefined where the file or the table is not there. */
export async function begin(source: Source, reader: Reader): Promise<Draft | undefined> {
  if (source.file) return ofFile(source.file, reader)
  if (source.relation) return ofRelation(source.relation)
  return { ...blank, source, fields: [emptyField, emptyField, emptyField] }
}

async function ofFile(fileId: number, reader: Reader): Promise<Draft | undefined> {
  const file = await findFile(fileId)
  if (!file) return undefined
  const { columns, rows } = await look(fileId, {}, SAMPLE)
  const name = file.name.replace(/\.(csv|tsv|txt|gz)$/gi, '').replace(/\.(csv|tsv|txt)$/i, '').replace(/[_-]+/g, ' ').slice(0, 100)
  const cellsOf = (index: number) => rows.map((cells) => cells[index] ?? '')
  const types = columns.map((_column, index) => guessType(cellsOf(index), reader))
  const apart = columns.findIndex((column, index) => guessTellsApart(column, cellsOf(index), types[index]))
  const fields = columns.slice(0, MOST_FIELDS).map((column, index): DraftField => ({
    ...emptyField, from: column, label: column.slice(0, 100), type: types[index], tellsApart: index === apart,
  }))
  return { ...blank, source: { file: fileId }, many: name, one: name, title: String(Math.max(0, types.indexOf('text'))), fields }
}

async function ofRelation(id: number): Promise<Draft | undefined> {
  const relation = await foundRelation(id)
  if (!relation) return undefined
  const columns = await foundColumns(relation)
  const key = columns.find(({ whole, generated }) => whole && generated) ?? columns.find(({ name, whole }) => whole && name === 'id') ?? columns.find(({ whole }) => whole)
  const others = columns.filter((column) => column !== key)
  const fields = others.slice(0, MOST_FIELDS).map((column): DraftField => ({
    ...emptyField, from: column.name, label: column.name.slice(0, 100), type: typeOf(column), required: column.required,
  }))
  const title = Math.max(0, fields.findIndex(({ type }) => type === 'text'))
  return { ...blank, source: { relation: id }, many: relation.name, one: relation.name, title: String(title), key: key?.name ?? '', fields }
}

/** `user_id` is taken for what it says. */
function typeOf({ name, type, whole }: FoundColumn) {
  const to = /^(.+)_id$/.exec(name)?.[1]
  return whole && to && objects.has(to) ? `reference:${to}` : type
}
