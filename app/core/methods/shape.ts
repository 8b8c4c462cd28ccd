import { type Schema } from './schema.js'

/** What is wrong with the form of a value: the words are `calls.<code>`. */
interface Fault {
  path: string
  code: string
}

/** Lists and objects inside each other; deeper ones are nobody's. */
const MOST_LEVELS = 32

/**
 * Holds a value to its schema where a form would be lenient: a number is no text, a yes is no 1, and what is not declared is told, at any
 * depth, since a misspelt consent that is dropped in silence is a consent lost.
 */
export function faultsOf(schema: Schema, value: unknown): Fault[] {
  return tooDeep(value) ? [{ path: '', code: 'tooDeep' }] : faults(schema, value, '')
}

function faults(schema: Schema, value: unknown, path: string): Fault[] {
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) return [{ path, code: 'brokenText' }]
  if (schema.anyOf) return amongThem(schema.anyOf, value, path)
  const types = [schema.type ?? []].flat()
  if (types.length && !types.some((type) => is[type]?.(value))) return [{ path, code: value === null ? 'null' : types[0] }]
  if (Array.isArray(value)) return value.flatMap((one, index) => faults(schema.items ?? {}, one, below(path, index)))
  if (typeof value === 'object' && value !== null) return ofObject(schema, value, path)
  return []
}

function ofObject({ properties = {}, additionalProperties = true }: Schema, value: object, path: string): Fault[] {
  return Object.entries(value).flatMap(([name, one]) => {
    const at = below(path, name)
    if (!name.isWellFormed() || name.includes('\0')) return [{ path, code: 'brokenText' }]
    if (Object.hasOwn(properties, name)) return faults(properties[name], one, at)
    if (additionalProperties === false) return [{ path: at, code: 'unknownField' }]
    return faults(additionalProperties === true ? {} : additionalProperties, one, at)
  })
}

/** What fits one of them is right; else the first tells what is wrong. */
function amongThem(schemas: Schema[], value: unknown, path: string): Fault[] {
  const wrong = schemas.map((one) => faults(one, value, path))
  return wrong.find((found) => !found.length) ?? wrong[0] ?? []
}

const below = (path: string, name: string | number) => (path === '' ? String(name) : `${path}.${name}`)

const is: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  null: (value) => value === null,
}

/** Without recursion, which is what a deep value would break. */
export function tooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length; depth += 1) {
    if (depth > MOST_LEVELS) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
