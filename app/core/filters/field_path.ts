import { objects, type Field, type ObjectDefinition } from '#core/objects'
import { InvalidPart } from './invalid_filter.js'

/** A field, and the references that lead to it: `good.category.name` is `name` by way of `good` and `category`. */
export interface FieldPath {
  hops: Field[]
  field: Field
}

const MOST_HOPS = 5

/** Follows a path from an object by declarations alone. Throws `InvalidPart`. */
export function fieldAt(object: ObjectDefinition, path: string): FieldPath {
  if (!path) throw new InvalidPart('field', 'required')
  const names = path.split('.')
  if (names.length > MOST_HOPS + 1) throw new InvalidPart('field', 'longPath', { max: MOST_HOPS }, path)

  const hops: Field[] = []
  let here = object
  for (const name of names.slice(0, -1)) {
    const hop = here.fields.get(name)
    if (!hop?.to) throw new InvalidPart('field', 'unknownField', {}, path)
    hops.push(hop)
    here = objects.get(hop.to)
  }
  const field = here.fields.get(names.at(-1)!)
  if (!field || field.secret) throw new InvalidPart('field', 'unknownField', {}, path)
  return { hops, field }
}
