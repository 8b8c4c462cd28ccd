import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/http'
import { InvalidFields, InvalidValue, labelOf, objects, titles, typedValue, type Field, type ObjectDefinition, type Reader } from '#core/objects'
import { changeableFields } from '../actions.js'
import { type FieldChange } from '../bulk_run.js'

/** The field that was chosen to be changed, if it may be. */
export function chosenField(ctx: HttpContext, object: ObjectDefinition): Field | undefined {
  const name = ctx.request.input('field')
  return changeableFields(object, readerOf(ctx)).find((field) => field.name === name)
}

/** The value that it shall get. Throws `InvalidFields` at the field. */
export function changeAsked(ctx: HttpContext, object: ObjectDefinition): FieldChange {
  const field = chosenField(ctx, object)
  if (!field) throw InvalidFields.at('field', 'required')
  try {
    return { field: field.name, value: typedValue(field, ctx.request.input('value'), readerOf(ctx)) }
  } catch (error) {
    if (error instanceof InvalidValue) throw new InvalidFields({ [field.name]: error })
    throw error
  }
}

/** "Change of Status to “Blocked”". */
export async function changeInWords({ field: name, value }: FieldChange, object: ObjectDefinition, reader: Reader) {
  const field = objects.field(object, name)
  const shown = field.to && value ? (await titles(objects.get(field.to), [value as number], reader))[0] : value
  const text = shown === null || shown === undefined ? '—' : field.type.show(shown as never, field, reader)
  return reader.t('bulk.changeOf', { field: labelOf(field, reader), value: text.slice(0, 100) })
}
