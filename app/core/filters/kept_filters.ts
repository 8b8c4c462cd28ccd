import { objects, type ObjectDefinition } from '#core/objects'
import { isGroup, isRelation, type FilterNode, type Group } from './ast.js'

/** A filter that somebody relies on: of a folder, of a segment. */
export interface KeptFilter {
  /** The object that keeps it, and how its row is called. */
  kind: string
  title: string
  object: string
  filter: Group
}

const keepers: (() => Promise<KeptFilter[]>)[] = []

/** A section says where it keeps filters, so that nobody takes away a field or a table that they need. */
export function keepsFilters(keeper: () => Promise<KeptFilter[]>) {
  keepers.push(keeper)
}

/** Filters that ask about an object, or about one field of it. */
export async function filtersThatUse(object: string, field?: string): Promise<KeptFilter[]> {
  const kept = (await Promise.all(keepers.map((keeper) => keeper()))).flat()
  const named = field ? `${object}.${field}` : object
  return kept.filter((one) => one.object === named || (objects.has(one.object) && namesIn(one.filter, objects.get(one.object)).includes(named)))
}

/** Every object and every `object.field` that a filter names. What it names and is no more is passed over. */
function namesIn(node: FilterNode, object: ObjectDefinition): string[] {
  if (isGroup(node)) return node.of.flatMap((child) => namesIn(child, object))
  if (!isRelation(node)) return namesAlong(node.field.split('.'), object)
  const relation = objects.relations(object).find(({ name }) => name === node.relation)
  if (!relation) return []
  const { name } = relation.object
  const measured = node.field ? [`${name}.${node.field}`] : []
  return [name, `${name}.${relation.field.name}`, ...measured, ...(node.where ? namesIn(node.where, relation.object) : [])]
}

function namesAlong([name, ...rest]: string[], object: ObjectDefinition): string[] {
  const to = object.fields.get(name)?.to
  const here = [object.name, `${object.name}.${name}`]
  return rest.length && to && objects.has(to) ? [...here, ...namesAlong(rest, objects.get(to))] : here
}
