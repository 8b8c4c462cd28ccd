import { isGroup, isRelation, type FilterNode } from './ast.js'

/** What a filter may hold; whoever builds one is told when it is full. */
export const MOST_LEVELS = 10
export const MOST_NODES = 200
export const MOST_VALUES = 1000

/** Nodes below this one: groups and conditions alike. */
export function nodesIn(node: FilterNode): number {
  if (isGroup(node)) return node.of.reduce((sum, child) => sum + 1 + nodesIn(child), 0)
  return isRelation(node) && node.where ? nodesIn(node.where) : 0
}

/** Groups inside each other, this one included; conditions on related rows are a group too. */
export function levelsOf(node: FilterNode): number {
  if (isGroup(node)) return 1 + Math.max(0, ...node.of.map(levelsOf))
  return isRelation(node) && node.where ? levelsOf(node.where) : 0
}
