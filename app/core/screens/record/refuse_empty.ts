import { InvalidFields, labelOf, objects, type ObjectDefinition, type Reader, type Values } from '#core/objects'

const NAMED = 5

/**
 * A row of which nothing was said is nobody and nothing: where no field is required by itself, one of them is. What the form filled in by
 * itself (a usual type, a tick) says nothing. Throws `InvalidFields`.
 */
export function refuseEmpty(object: ObjectDefinition, values: Values, reader: Reader) {
  const fields = object.create!.map((name) => objects.field(object, name)).filter(({ readonly }) => !readonly)
  if (fields.some(({ required, initial }) => required && initial === undefined)) return
  const telling = fields.filter(({ type, initial }) => type.name !== 'flag' && initial === undefined)
  if (!telling.length || telling.some(({ name }) => (values[name] ?? '') !== '')) return
  const named = telling.slice(0, NAMED).map((field) => labelOf(field, reader))
  throw InvalidFields.at(telling[0].name, 'oneOf', { fields: named.join(', ') })
}
