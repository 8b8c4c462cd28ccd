import { may } from '#core/access'
import { objects, type ObjectDefinition } from '#core/objects'
import { type Onlooker } from '../table/cell.js'

/** The columns that a person likes, as far as they are still there and may be read; the object's own when none is. */
export function shownColumns(object: ObjectDefinition, liked: string[] | null, staff: Onlooker['staff']): string[] {
  const shown = (liked ?? []).filter((name) => readable(object, name, staff))
  return shown.length ? shown : object.columns
}

/** A field that is no secret, or one such of a referenced object that the person may read. */
export function readable(object: ObjectDefinition, path: string, staff: Onlooker['staff']): boolean {
  const [name, far, ...rest] = path.split('.')
  const field = object.fields.get(name)
  if (!field || field.secret || rest.length) return false
  if (far === undefined) return true
  const to = field.to && may(staff, 'read', field.to) ? objects.get(field.to) : undefined
  return Boolean(to?.fields.has(far) && !to.fields.get(far)!.secret)
}
