import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/http'
import { InvalidFields, InvalidValue, labelOf, objects, titles, typedValue, type Field, type Reader } from '#core/objects'
import { fieldsOf } from '../actions.js'
import { type FieldChange } from '../bulk_run.js'
import { type Asked } from './asked.js'

/** The field that gets a value: the one that was chosen of several, or the only one that the action asks for. */
export function chosenField(ctx: HttpContext, { action, object }: Pick<Asked, 'action' | 'object'>): Field | undefined {
  const name = action.asks?.field ?? ctx.request.input('field')
  return fieldsOf(action, object, readerOf(ctx)).find((field) => field.name === name)
}

/** The value that it shall get; undefined where the action gives none. Throws `InvalidFields` at the field. */
export function changeAsked(ctx: HttpContext, asked: Asked): FieldChange | undefined {
  if (!fieldsOf(asked.action, asked.object, readerOf(ctx)).length) return undefined
  const field = chosenField(ctx, asked)
  if (!field) throw InvalidFields.at('field', 'required')
  try {
    return { field: field.name, value: typedValue(field, ctx.request.input('value'), readerOf(ctx)) }
  } catch (error) {
    if (error instanceof InvalidValue) throw new InvalidFields({ [field.name]: error })
    throw error
  }
}

/** "Change of Status to “Blocked”", or what the action is called with its value: "Set a label “VIP”". */
export async function changeInWords({ field: name, value }: FieldChange, { action, object }: Pick<Asked, 'action' | 'object'>, reader: Reader) {
  const field = fieldsOf(action, object, reader).find((one) => one.name === name)!
  const shown = field.to && value ? (await titles(objects.get(field.to), [value as number], reader))[0] : value
  const text = (shown === null || shown === undefined ? '—' : field.type.show(shown as never, field, reader)).slice(0, 100)
  return action.asks ? `${action.label} “${text}”` : reader.t('bulk.changeOf', { field: labelOf(field, reader), value: text })
}
