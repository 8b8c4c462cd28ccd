import { may, type RightsHolder } from '#core/access'
import { objects, type Field, type Reader } from '#core/objects'

/** Who looks at a page: how values are written for them, and what they may open. */
export interface Onlooker {
  reader: Reader
  staff: RightsHolder & { id: number }
}

/** One value as a page shows it. */
export interface Cell {
  kind: 'none' | 'flag' | 'badge' | 'link' | 'long' | 'text' | 'code'
  text: string
  yes?: boolean
  href?: string
  /** Class of the table cell. */
  align: string
}

export function cellOf(field: Field, value: unknown, onlooker: Onlooker): Cell {
  const align = alignOf(field)
  if (value === null || value === undefined || value === '') return { kind: 'none', text: '—', align }
  const kind = kindOf(field)
  const text = field.name === 'id' ? String(value) : field.type.show(value as never, field, onlooker.reader)
  return { kind, text, align, yes: value === true, href: kind === 'link' ? linkTo(field, value, onlooker) : undefined }
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

const kinds: Record<string, Cell['kind']> = { flag: 'flag', choice: 'badge', reference: 'link' }

function linkTo(field: Field, value: unknown, { staff }: Onlooker) {
  const to = objects.get(field.to!)
  if (!to.path || to.small || !may(staff, 'read', to.name)) return undefined
  return `/${to.path}/${(value as { id: number }).id}`
}
