import { describe, filterFrom, InvalidFilter } from '#core/filters'
import { find, hidden, labelOf, objects, openTo, plain, show, worded, type Field, type HistoryPart, type ObjectDefinition, type Reader } from '#core/objects'

/** What a row of the audit log holds of one write: values by field, as they were read from the database. */
export interface Changes {
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

/** One field of a change, in words. */
interface ToldChange {
  name: string
  label: string
  before: string
  after: string
}

export const NONE = '—'
const COVER = '•••'

/** A change as this reader may know it: fields by their names for people, values as a card shows them, personal data covered. */
export async function tellChanges(objectName: string, id: number | null, changes: Changes, reader: Reader): Promise<ToldChange[]> {
  /** Rows of old say null of the side that there was not. */
  const [before, after] = [changes.before ?? {}, changes.after ?? {}]
  const object = objects.has(objectName) ? objects.get(objectName) : undefined
  const told = []
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const words = (value: unknown) => wordsOf(value, { name, object, id, reader })
    told.push({ name, label: labelled(objectName, name, reader), before: await words(before[name]), after: await words(after[name]) })
  }
  return told
}

/** A field that is no more is called as it was declared. */
export function labelled(objectName: string, name: string, reader: Reader): string {
  const field = objects.has(objectName) ? objects.get(objectName).fields.get(name) : undefined
  if (field) return labelOf(field, reader)
  const part = partOf(objectName, name)
  if (part) return part.label(name, reader)
  return worded(reader, `${objectName}.fields.${name}`, `${objectName}.changes.${name}`, `history.fields.${name}`) ?? name
}

/** What the object itself tells of a value that is no field. */
export function partOf(objectName: string, name: string): HistoryPart | undefined {
  const part = objects.has(objectName) ? objects.get(objectName).history : undefined
  return part?.names().includes(name) ? part : undefined
}

interface Place {
  name: string
  object?: ObjectDefinition
  id: number | null
  reader: Reader
}

async function wordsOf(value: unknown, place: Place): Promise<string> {
  if (value === null || value === undefined || value === '') return NONE
  const { object, name, reader } = place
  const field = object?.fields.get(name)
  if (field && hidden(field, reader)) return COVER
  if (field?.to) return titleIn(value, field, reader)
  if (field && !structured(value)) return shown(field, value, reader)
  const part = object && !field ? partOf(object.name, name) : undefined
  if (part?.words) return part.words(value, reader)
  if (name === 'filter') return filterIn(value, place)
  if (name === 'columns' && Array.isArray(value)) return columnsIn(value, place)
  if (name === 'fields' && Array.isArray(value)) return value.map((one) => labelled(object?.name ?? '', String(one), reader)).join(', ')
  if (knowsAll(object, reader)) return typeof value === 'object' ? JSON.stringify(value) : String(value)
  return COVER
}

/** Of what is no field nobody can say whether it is personal. */
const knowsAll = (object: ObjectDefinition | undefined, reader: Reader) =>
  (object && reader.knows(object.name)) || objects.all().every((one) => openTo(one, reader))

const structured = (value: unknown) => typeof value === 'object' || (typeof value === 'string' && /^[[{]/.test(value))

/** A reference is kept as it was called then. */
function titleIn(value: unknown, { to }: Field, reader: Reader): string {
  const { id, title } = (typeof value === 'object' ? value : { id: value }) as { id: unknown; title?: string | null }
  const known = !objects.get(to!).personalTitle || reader.knows(to!)
  return (known && title) || `№ ${id}`
}

/** A value of a type that the field has no more is told as it was written. */
function shown(field: Field, value: unknown, reader: Reader): string {
  try {
    return show(field, value, reader)
  } catch {
    return String(value)
  }
}

async function columnsIn(names: unknown[], place: Place): Promise<string> {
  const about = await aboutWhat(place)
  return names.map((one) => labelled(about?.name ?? '', String(one), place.reader)).join(', ') || NONE
}

/** The object that a row names: what a segment or a folder is a filter of. */
async function aboutWhat({ object, id }: Place): Promise<ObjectDefinition | undefined> {
  const row = object?.fields.has('object') && id ? await find(object, id, plain, ['object']) : undefined
  return row && objects.has(String(row.object)) ? objects.get(String(row.object)) : undefined
}

async function filterIn(value: unknown, place: Place): Promise<string> {
  const { reader } = place
  const about = await aboutWhat(place)
  if (!about) return COVER
  try {
    const filter = filterFrom(typeof value === 'string' ? value : JSON.stringify(value), about, plain)
    return await describe(filter, about, reader)
  } catch (error) {
    if (error instanceof InvalidFilter) return reader.t('filters.unreadable')
    throw error
  }
}
