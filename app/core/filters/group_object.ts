import { objects, type ObjectDefinition } from '#core/objects'
import { isRelation, type Group } from './ast.js'
import { nodeAt } from './walk.js'

/** The object that the conditions of a group are about: behind a relation it is that of the related rows. */
export function groupObject(draft: Group, object: ObjectDefinition, path: string): ObjectDefinition | undefined {
  const steps = path.split('.').filter(Boolean).map(Number)
  return steps.reduce<ObjectDefinition | undefined>((here, _index, place) => {
    const node = here && nodeAt(draft, steps.slice(0, place + 1))
    if (!node || !isRelation(node)) return node && here
    return objects.relations(here).find(({ name }) => name === node.relation)?.object
  }, object)
}
