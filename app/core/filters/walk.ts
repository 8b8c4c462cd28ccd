import { everything, isGroup, isRelation, type FilterNode, type Group } from './ast.js'

/** Indices from the root to a node. */
export type Steps = number[]

/** Undefined where the steps lead nowhere. */
export function nodeAt(root: Group, steps: Steps): FilterNode | undefined {
  return steps.reduce<FilterNode | undefined>((here, index) => here && groupIn(here)?.of[index], root)
}

/** The group at a node, or the conditions on its related rows; an empty one where there is none. */
export function groupAt(root: Group, steps: Steps): Group {
  const node = nodeAt(root, steps)
  return (node && groupIn(node)) ?? everything
}

/** The same tree with another group at these steps; steps that lead nowhere change nothing. */
export function withGroup(root: Group, [index, ...rest]: Steps, change: (group: Group) => Group): Group {
  if (index === undefined) return change(root)
  const node = root.of[index]
  return node ? { ...root, of: root.of.with(index, inside(node, rest, change)) } : root
}

function inside(node: FilterNode, steps: Steps, change: (group: Group) => Group): FilterNode {
  if (isGroup(node)) return withGroup(node, steps, change)
  if (!isRelation(node)) return node
  return { ...node, where: withGroup(node.where ?? everything, steps, change) }
}

function groupIn(node: FilterNode): Group | undefined {
  if (isGroup(node)) return node
  return isRelation(node) ? (node.where ?? everything) : undefined
}
