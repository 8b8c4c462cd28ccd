import { hidden, labelOf, nameOf, objects, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { labelOfPath, labelOfRelation } from './describe.js'
import { RELATION } from './draft.js'
import { type FieldPath } from './field_path.js'

export interface Option {
  value: string
  label: string
}

export interface OptionGroup {
  label: string
  options: Option[]
}

/** How many references away the builder offers fields; an address or a stored filter may go further. */
const OFFERED_STEPS = 2

/** Noise in a list of referenced fields; still allowed in a filter. */
const STANDARD = ['id', 'createdAt', 'updatedAt']

/** What a condition may be about (F9): own fields, fields of referenced objects, related rows. */
export function subjectsOf(object: ObjectDefinition, reader: Reader): OptionGroup[] {
  const own = fieldsOf(object, reader).map((field) => ({ value: field.name, label: labelOf(field, reader) }))
  const related = objects
    .relations(object)
    .map((relation) => ({ value: RELATION + relation.name, label: labelOfRelation(relation, reader) }))
  return [
    { label: reader.t('filters.builder.ownFields'), options: own },
    { label: reader.t('filters.builder.relations'), options: related },
    ...referenced(object, [], reader),
  ].filter(({ options }) => options.length)
}

function referenced(object: ObjectDefinition, way: Field[], reader: Reader): OptionGroup[] {
  if (way.length === OFFERED_STEPS) return []
  return fieldsOf(object, reader)
    .filter(({ to }) => to)
    .flatMap((field) => {
      const hops = [...way, field]
      const to = objects.get(field.to!)
      const fields = fieldsOf(to, reader).filter(({ name }) => !STANDARD.includes(name))
      const options = fields.map((last) => optionOf({ hops, field: last }, reader))
      return [{ label: groupLabel(hops, to, reader), options }, ...referenced(to, hops, reader)]
    })
}

/** Nobody asks about what they may not see: the answer would let them guess it. */
const fieldsOf = (object: ObjectDefinition, reader: Reader) =>
  [...object.fields.values()].filter((field) => !field.secret && !hidden(field, reader))

export function optionOf(path: FieldPath, reader: Reader): Option {
  const value = [...path.hops, path.field].map(({ name }) => name).join('.')
  return { value, label: labelOfPath(path, reader) }
}

function groupLabel(hops: Field[], to: ObjectDefinition, reader: Reader) {
  const way = hops.map((hop) => labelOf(hop, reader)).join(' › ')
  return way === nameOf(to, 'one', reader) ? way : reader.t('filters.builder.fieldsOf', { object: way })
}
