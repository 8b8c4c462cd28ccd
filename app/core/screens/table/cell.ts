import { may, type RightsHolder } from '#core/access'
import { isMasked, objects, type Field, type Reader, type Tone } from '#core/objects'

/** Who looks at a page: how values are written for them, and what they may open. */
export interface Onlooker {
  reader: Reader
  staff: RightsHolder & { id: number }
}

/** One value as a page shows it. */
export interface Cell {
  /** `masked`: personal data that the person may not see, as far as they may guess it. */
  kind: 'none' | 'flag' | 'badge' | 'link' | 'long' | 'text' | 'code' | 'masked'
  text: string
  yes?: boolean
  /** Colour of a choice, beside its word. */
  tone?: Tone
  href?: string
  /** What the button beside it copies. */
  copy?: string
  /** Where a masked value is shown at a press, to those who may: the look is logged. */
  reveal?: string
  /** Class of the table cell. */
  align: string
}

/** `row` is the address of the row, without which a mask stays on. */
export function cellOf(field: Field, value: unknown, onlooker: Onlooker, row?: string): Cell {
  return cellsOf(field, onlooker)(value, row)
}

/** How a column draws its values: what its field and the person decide is asked once, not for every row. */
export function cellsOf(field: Field, onlooker: Onlooker): (value: unknown, row?: string) => Cell {
  const align = alignOf(field)
  const kind = kindOf(field)
  const nothing: Cell = { kind: 'none', text: '—', align }
  const shown = (value: unknown) => (field.name === 'id' ? String(value) : field.type.show(value as never, field, onlooker.reader))
  const reveals = !field.behind && may(onlooker.staff, 'reveal', field.object)
  const section = kind === 'link' ? sectionBehind(field, onlooker) : undefined

  return (value, row) => {
    if (value === null || value === undefined || value === '') return nothing
    if (isMasked(value)) return { kind: 'masked', text: value.masked, align, reveal: row && reveals ? `${row}/revelations/${field.name}` : undefined }
    const text = shown(value)
    return { kind, text, align, tone: field.tones?.[value as string], yes: value === true, copy: field.copied ? text : undefined, href: section && `${section}/${(value as { id: number }).id}` }
  }
}

/** An id is a name made of digits, not a number to be compared. */
function alignOf(field: Field) {
  if (field.name === 'id') return 'fit numbers'
  if (field.type.align === 'end') return 'end nowrap'
  if (field.type.name === 'date' || field.type.name === 'datetime') return 'nowrap numbers'
  return ['long', 'link'].includes(kindOf(field)) ? 'long' : ''
}

function kindOf({ type, format }: Field): Cell['kind'] {
  if (type.name === 'text') return format === 'code' ? 'code' : 'long'
  return kinds[type.name] ?? 'text'
}

const kinds: Record<string, Cell['kind']> = { changes: 'long', flag: 'flag', choice: 'badge', reference: 'link' }

/** Where the rows that a reference leads to have their cards, as far as the person may open them. */
function sectionBehind(field: Field, { staff }: Onlooker) {
  const to = objects.get(field.to!)
  return to.path && !to.small && may(staff, 'read', to.name) ? `/${to.path}` : undefined
}
