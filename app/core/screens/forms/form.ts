import { isMasked, objects, type InvalidFields, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { sentenceOf } from '#core/http'
import { inputOf, type Input } from './input.js'

export interface Form {
  inputs: Input[]
  /** Sentences about what no input of the form explains. */
  problems: string[]
  /** How many inputs are wrong, in words. */
  summary?: string
}

/** A form with the stored values of a row, or empty. */
export async function formOf(object: ObjectDefinition, names: string[], values: Values, reader: Reader): Promise<Form> {
  return drawn(object, names, (name) => writtenValue(object, name, values[name], reader), undefined, reader)
}

/** The same form with what was typed and what is wrong with it. */
export async function refusedForm(
  object: ObjectDefinition,
  names: string[],
  typed: Record<string, unknown>,
  refused: InvalidFields,
  reader: Reader
): Promise<Form> {
  return drawn(object, names, (name) => (typeof typed[name] === 'string' ? typed[name] : ''), refused, reader)
}

async function drawn(
  object: ObjectDefinition,
  names: string[],
  valueOf: (name: string) => string,
  refused: InvalidFields | undefined,
  reader: Reader
): Promise<Form> {
  const errors = refused?.errors ?? {}
  const inputs = await Promise.all(
    names.map((name) => inputOf(objects.field(object, name), { value: valueOf(name), error: errors[name] }, reader))
  )
  const elsewhere = Object.entries(errors).filter(([name]) => !names.includes(name))
  const wrong = inputs.filter(({ error }) => error).length
  return {
    inputs,
    problems: elsewhere.map(([, error]) => sentenceOf(error, reader)),
    summary: wrong > 1 ? reader.t('core.card.errors', { count: wrong }) : undefined,
  }
}

/** A stored value as an input holds it. */
export function writtenValue(object: ObjectDefinition, name: string, value: unknown, reader: Reader): string {
  if (value === null || value === undefined || isMasked(value)) return ''
  const field = objects.field(object, name)
  return field.type.write(value as never, field, reader)
}
