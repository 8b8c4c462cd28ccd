import { isWay, moved } from '#core/objects'

/** A field as the wizard holds it, sensible or not. */
export interface DraftField {
  /** The column of a file or of a found table that it takes. */
  from: string
  taken: boolean
  label: string
  labelEn: string
  /** A type of attribute; a reference names its object: `reference:user`. */
  type: string
  choices: string
  required: boolean
  personal: boolean
  tellsApart: boolean
}

/** Where the rows come from: nowhere yet, an uploaded file, a table of the database. */
export interface Source {
  file?: number
  relation?: number
}

/** What a person has filled in so far: it travels in the form and is kept nowhere. */
export interface Draft {
  source: Source
  many: string
  one: string
  manyEn: string
  oneEn: string
  path: string
  menuGroup: string
  /** Place of the field by which people know a row, or nothing. */
  title: string
  /** Found table: its key, and whether rows are written. */
  key: string
  editable: boolean
  fields: DraftField[]
}

export const emptyField: DraftField = {
  from: '', taken: true, label: '', labelEn: '', type: 'text', choices: '', required: false, personal: false, tellsApart: false,
}

/** One table has no more fields: each costs an index, and a form has its limits. */
export const MOST_FIELDS = 100

type Form = Record<string, unknown>

/** The draft that a form spells: inputs of fields are named `f-<place>-<part>`. Never throws. */
export function readDraft(form: Form): Draft {
  const said = (name: string) => text(form[name])
  const places = [...new Set(Object.keys(form).flatMap((key) => /^f-(\d{1,3})-type$/.exec(key)?.[1] ?? []))].map(Number)
  const fields = places.sort((one, other) => one - other).map((place) => fieldAt(place, said))
  return {
    source: { file: idOf(said('file')), relation: idOf(said('relation')) },
    many: said('many'),
    one: said('one'),
    manyEn: said('manyEn'),
    oneEn: said('oneEn'),
    path: said('path').toLowerCase(),
    menuGroup: said('menuGroup') || 'database',
    title: said('title'),
    key: said('key'),
    editable: said('editable') === '1',
    fields,
  }
}

function fieldAt(place: number, said: (name: string) => string): DraftField {
  const part = (name: string) => said(`f-${place}-${name}`)
  return {
    from: part('from'),
    taken: part('taken') === '1',
    label: part('label'),
    labelEn: part('labelEn'),
    type: part('type'),
    choices: part('choices'),
    required: part('required') === '1',
    personal: part('personal') === '1',
    tellsApart: part('tellsApart') === '1',
  }
}

const text = (sent: unknown) => (typeof sent === 'string' ? sent.trim() : '')

const idOf = (written: string) => (/^[1-9]\d{0,14}$/.test(written) ? Number(written) : undefined)

/** What the buttons of the wizard do: `add`, `remove 3`, `up 3`, `down 3`. */
export function changed(draft: Draft, action: string): Draft {
  const [verb, written] = action.split(' ')
  const place = Number(written)
  const { fields } = draft
  if (verb === 'add' && fields.length < MOST_FIELDS) return { ...draft, fields: [...fields, emptyField] }
  if (!fields[place]) return draft
  if (verb === 'remove') return { ...draft, fields: fields.filter((_field, index) => index !== place) }
  return isWay(verb) ? { ...draft, fields: moved(fields, fields[place], verb) } : draft
}
