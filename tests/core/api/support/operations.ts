import { objects, plain } from '#core/objects'
import { type Schema } from '#core/methods'
import { documentOf } from '../../../../app/core/api/openapi/document.js'
import { type Operation } from '../../../../app/core/api/openapi/operation.js'
import { offeredToSystems } from '../../../../app/core/api/objects/offered.js'

/** Something that other systems may call, as its document tells of it. */
export interface Called {
  verb: string
  /** `/api/v1/{source}/user/login`. */
  path: string
  operation: Operation
  /** What is sent, as a right call would have it. Undefined where nothing is. */
  example: Record<string, unknown> | undefined
  takesFiles: boolean
}

/** All of them: methods, and records of every object that keys may be given. */
export function operations(): Called[] {
  const { paths } = documentOf(offeredToSystems(objects.all()).map(({ object }) => object), plain)
  return Object.entries(paths).flatMap(([path, verbs]) => Object.entries(verbs).map(([verb, operation]) => called(verb, path, operation)))
}

function called(verb: string, path: string, operation: Operation): Called {
  const { 'application/json': json, 'multipart/form-data': parts } = operation.requestBody?.content ?? {}
  const schema = json?.schema ?? parts?.schema.properties?.input
  const shown = json?.example ?? (schema?.examples as unknown[] | undefined)?.[0]
  /** The example of a record shows some of its fields, its schema has all. */
  const whole = operation['x-object'] && schema?.properties?.filter === undefined
  const example = whole || shown === undefined ? schema && sample(schema) : shown
  return { verb: verb.toUpperCase(), path, operation, example: example as Called['example'], takesFiles: Boolean(parts) }
}

/** A value that a schema takes, with everything that may be in it. */
export function sample({ type, anyOf, enum: values, properties, items, format, pattern }: Schema): unknown {
  if (anyOf) return sample(anyOf[0])
  if (values) return values[0]
  if (format === 'date') return '2026-01-01'
  if (format === 'date-time') return '2026-01-01T10:00:00Z'
  if (pattern) return '1'
  const samples: Record<string, () => unknown> = {
    object: () => Object.fromEntries(Object.entries(properties ?? {}).map(([name, one]) => [name, sample(one)])),
    array: () => (items ? [sample(items)] : []),
    integer: () => 1,
    number: () => 1,
    boolean: () => true,
  }
  return (samples[[type ?? 'string'].flat()[0]] ?? (() => 'x'))()
}
