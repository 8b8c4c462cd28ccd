import { may, type RightsHolder } from '#core/access'
import { isMasked, objects, type Field, type Reader } from '#core/objects'

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
  const align = alignOf(field)
  if (value === null || value === undefined || value === '') return { kind: 'none', text: '—', align }
  if (isMasked(value)) return { kind: 'masked', text: value.masked, align, reveal: revealing(field, onlooker, row) }
  const kind = kindOf(field)
  const text = field.name === 'id' ? String(value) : field.type.show(value as never, field, onlooker.reader)
  return { kind, text, align, yes: value === true, copy: field.copied ? text : undefined, href: kind === 'link' ? linkTo(field, value, onlooker) : undefined }
}

function revealing({ object, name, behind }: Field, { staff }: Onlooker, row: string | undefined) {
  return row && !behind && may(staff, 'reveal', object) ? `${row}/revelations/${name}` : undefined
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

function linkTo(field: Field, value: unknown, { staff }: Onlooker) {
  const to = objects.get(field.to!)
  if (!to.path || to.small || !may(staff, 'read', to.name)) return undefined
  return `/${to.path}/${(value as { id: number }).id}`
}
