import { InvalidFields, InvalidValue, objects, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { writtenValue } from '../forms/form.js'

/** What the form showed of each field comes back with it, so that a change by somebody else is noticed. */
export function seenOf(object: ObjectDefinition, names: string[], values: Values, reader: Reader) {
  return names.map((name) => ({ name: `seen-${name}`, value: writtenValue(object, name, values[name], reader) }))
}

/** Fields that somebody else changed meanwhile and that this form would overwrite, told at the fields; or nothing. */
export function unseenChanges(
  object: ObjectDefinition,
  names: string[],
  values: Values,
  sent: Record<string, unknown>,
  reader: Reader
): InvalidFields | undefined {
  const told = names.flatMap((name) => {
    const now = writtenValue(object, name, values[name], reader)
    const seen = sent[`seen-${name}`]
    if (typeof seen !== 'string' || seen === now || sent[name] === now) return []
    const field = objects.field(object, name)
    const value = now === '' ? '—' : field.type.show(values[name] as never, field, reader)
    return [[name, new InvalidValue('changedMeanwhile', { value })] as const]
  })
  return told.length ? new InvalidFields(Object.fromEntries(told)) : undefined
}
