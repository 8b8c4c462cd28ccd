import { hidden, labelOf, nameOf, objects, type Field, type ObjectDefinition, type Reader, type Relation } from '#core/objects'
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

/** What a condition may be about (F9): own fields, related rows, fields of referenced objects and those of related rows. */
export function subjectsOf(object: ObjectDefinition, reader: Reader): OptionGroup[] {
  const [own, added] = split(fieldsOf(object, reader), ({ attribute }) => !attribute)
  const relations = objects.relations(object).filter((relation) => reader.reads(relation.object.name))
  const option = (field: Field) => ({ value: field.name, label: labelOf(field, reader) })
  return [
    { label: reader.t('filters.builder.ownFields'), options: own.map(option) },
    { label: reader.t('filters.builder.addedFields'), options: added.map(option) },
    { label: reader.t('filters.builder.relations'), options: relations.map((relation) => relationOption(relation, reader)) },
    ...referenced(object, [], reader),
    ...relations.map((relation) => fieldsOfRelated(relation, reader)),
  ].filter(({ options }) => options.length)
}

function referenced(object: ObjectDefinition, way: Field[], reader: Reader): OptionGroup[] {
  if (way.length === OFFERED_STEPS) return []
  return fieldsOf(object, reader)
    .filter(({ to }) => to && reader.reads(to))
    .flatMap((field) => {
      const hops = [...way, field]
      const to = objects.get(field.to!)
      const fields = fieldsOf(to, reader).filter(({ name }) => !STANDARD.includes(name))
      const options = fields.map((last) => optionOf({ hops, field: last }, reader))
      return [{ label: groupLabel(hops, to, reader), options }, ...referenced(to, hops, reader)]
    })
}

/** "Receipts › Total" is short for "there are receipts where total ...": nobody needs to know that it takes two steps. */
function fieldsOfRelated(relation: Relation, reader: Reader): OptionGroup {
  const name = labelOfRelation(relation, reader)
  const back = relation.field.name
  const fields = fieldsOf(relation.object, reader).filter((field) => field.name !== back && !['id', 'updatedAt'].includes(field.name))
  return {
    label: reader.t('filters.builder.fieldsOf', { object: name }),
    options: fields.map((field) => ({
      value: `${RELATION}${relation.name}.${field.name}`,
      label: `${name} › ${labelOf(field, reader)}`,
    })),
  }
}

function relationOption(relation: Relation, reader: Reader): Option {
  return { value: RELATION + relation.name, label: labelOfRelation(relation, reader) }
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

function split<Item>(list: Item[], first: (item: Item) => boolean): [Item[], Item[]] {
  return [list.filter(first), list.filter((item) => !first(item))]
}
