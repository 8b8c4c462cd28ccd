import { hintOf, labelOf, readable, type Field, type InvalidValue, type Reader } from '#core/objects'
import { sentenceOf } from '#core/http'
import { findable, optionsOf, type Option } from './options.js'

/** One input of a form, as the components of `components/inputs` draw it. */
export interface Input {
  kind: string
  id: string
  name: string
  label: string
  hint?: string
  error?: string
  /** What somebody else wrote meanwhile, to be chosen between. */
  theirs?: string
  required: boolean
  value: string
  format?: string
  currency: string
  options: Option[]
  /** Where a long list of references is searched. */
  remote?: Record<string, string>
  attributes: Record<string, string | number | undefined>
}

interface Filled {
  /** What the input holds: as it was typed, or as the stored value is written. */
  value: string
  error?: InvalidValue
}

export async function inputOf(field: Field, { value, error }: Filled, reader: Reader): Promise<Input> {
  const id = `${field.object}-${field.name}`
  const hint = hintOf(field, reader)
  const { options, remote } = await optionsOf(field, value, reader)
  return {
    kind: field.secret ? 'secret' : field.type.input,
    id,
    name: field.name,
    label: labelOf(field, reader),
    hint,
    error: error && sentenceOf(readable(error, field, reader), reader),
    theirs: error?.code === 'changedMeanwhile' ? String(error.params.value) : undefined,
    required: Boolean(field.required) && field.type.name !== 'flag',
    value: field.secret ? '' : value,
    format: field.format,
    currency: reader.currency,
    options,
    remote,
    attributes: { ...attributesOf(field, id, { hint: Boolean(hint), error: Boolean(error) }), ...(field.values && findable(options, reader)) },
  }
}

function attributesOf({ name, max, required, secret, type }: Field, id: string, told: { hint: boolean; error: boolean }) {
  const describing = [told.hint && `${id}-hint`, told.error && `${id}-error`].filter(Boolean).join(' ')
  return {
    id,
    name,
    'maxlength': type.name === 'text' ? max : undefined,
    'aria-required': required ? 'true' : undefined,
    'aria-invalid': told.error ? 'true' : undefined,
    'aria-describedby': describing || undefined,
    'autocomplete': secret ? 'new-password' : 'off',
  }
}
