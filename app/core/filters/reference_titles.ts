import { objects, titles, type ObjectDefinition, type Reader } from '#core/objects'
import { type BoundGroup, type BoundNode } from './bind.js'

/** Titles of the rows that a filter names, read once. */
export class Titles {
  #known = new Map<string, string>()

  set(object: string, id: number, title: string | null) {
    if (title) this.#known.set(`${object} ${id}`, title)
  }

  /** A row that was deleted is told by its number. */
  of(object: ObjectDefinition, id: number): string {
    return this.#known.get(`${object.name} ${id}`) ?? `№ ${id}`
  }
}

/** One query for each object that is referred to; rows of one that the reader may not read are told by their numbers. */
export async function titlesIn(group: BoundGroup, reader: Reader): Promise<Titles> {
  const found = new Titles()
  for (const [name, ids] of referencesIn(group)) {
    if (!reader.reads(name)) continue
    for (const { id, title } of await titles(objects.get(name), [...ids], reader)) found.set(name, id, title)
  }
  return found
}

function referencesIn(node: BoundNode, found = new Map<string, Set<number>>()) {
  if ('of' in node) node.of.forEach((child) => referencesIn(child, found))
  else if ('relation' in node) referencesIn(node.where, found)
  else if (node.path.field.to) {
    const ids = found.get(node.path.field.to) ?? new Set()
    node.operands.forEach(({ value }) => ids.add(value as number))
    found.set(node.path.field.to, ids)
  }
  return found
}
