import type { VineValidator } from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'

/** JSON Schema of 2020-12, as OpenAPI 3.1 has it. */
export interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  [keyword: string]: unknown
}

type Validator = Pick<VineValidator<SchemaTypes, undefined>, 'toJSONSchema'>

const known = new WeakMap<Validator, Schema>()

/** What a validator asks for. It is also what a call is held to (`shape.ts`), so the document and the product cannot differ. */
export function schemaOf(validator: Validator): Schema {
  const found = known.get(validator) ?? converted(validator.toJSONSchema() as Schema)
  known.set(validator, found)
  return found
}

/** Vine writes draft 7, and of a form: a tick is `on` or `1` there. Here yes is `true` and nothing else. */
function converted(schema: Schema): Schema {
  if (isTick(schema)) return { type: 'boolean' }
  const { anyOf, required, properties, items, additionalProperties, ...kept } = schema
  if (anyOf && isAnything(anyOf)) return kept
  return {
    ...kept,
    ...(anyOf && among(anyOf.filter((one) => Object.keys(one).length > 0).map(converted))),
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, converted(one)])) }),
    ...(required?.length && { required }),
    ...(items && { items: converted(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: typeof additionalProperties === 'object' ? converted(additionalProperties) : additionalProperties,
    }),
  }
}

/** "This or null" is one schema with one more value. */
function among(schemas: Schema[]): Schema {
  const rest = schemas.filter(({ type }) => type !== 'null')
  if (rest.length !== 1 || rest.length === schemas.length) return { anyOf: schemas }
  const [{ type, enum: values, ...one }] = rest
  return { ...one, ...(type && { type: [type, 'null'].flat() }), ...(values && { enum: [...values, null] }) }
}

const isTick = ({ enum: values }: Schema) => Boolean(values?.includes('on') && values.includes(true))

const isAnything = (anyOf: Schema[]) => anyOf.length >= 5 && anyOf.every(({ type, ...more }) => type && !Object.keys(more).length)
