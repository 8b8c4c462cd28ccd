import { type Schema } from '#core/methods'
import { type Reader } from '#core/objects'

/** One line of a table of fields. */
interface FieldRow {
  /** `consents[].kind`. */
  path: string
  type: string
  required: boolean
  /** What a value must be like: `at most 200`, `ru, en`. */
  limits: string
  description: string
}

/** Fields of an object, and of what lies inside it, as a person reads them. */
export function fieldRows(schema: Schema, reader: Reader, path = '', required = false): FieldRow[] {
  const { properties, items } = schema
  const own = path ? [{ path, type: typeWords(schema, reader), required, limits: limitWords(schema, reader), description: String(schema.description ?? '') }] : []
  const below = Object.entries(properties ?? {}).flatMap(([name, one]) =>
    fieldRows(one, reader, path ? `${path}.${name}` : name, Boolean(schema.required?.includes(name)))
  )
  const inItems = items?.properties ? fieldRows({ ...items, description: undefined }, reader, `${path}[]`).slice(1) : []
  return [...own, ...below, ...inItems]
}

function typeWords({ type, anyOf, format, items, enum: values }: Schema, reader: Reader): string {
  if (anyOf) return [...new Set(anyOf.map((one) => typeWords(one, reader)))].join(' · ')
  const types = [type ?? (values ? 'string' : 'any')].flat()
  const inner = items && !items.properties ? ` (${typeWords(items, reader)})` : ''
  return types.map((one) => reader.t(`api.types.${one === 'string' && format ? format : one}`)).join(' · ') + inner
}

function limitWords(schema: Schema, reader: Reader): string {
  const said = (['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'] as const)
    .filter((name) => typeof schema[name] === 'number')
    .map((name) => reader.t(`api.limits.${name}`, { value: schema[name] }))
  const values = (schema.enum ?? []).filter((value) => value !== null).join(', ')
  return [values, ...said].filter(Boolean).join('; ')
}
