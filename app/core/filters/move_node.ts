import { isGroup, type FilterNode, type Group } from './ast.js'
import { groupAt, nodeAt, withGroup, type Steps } from './walk.js'

/**
 * Moves a node one place up or down: past its neighbour, into the neighbour when that is a group, and out of its own group at either
 * end, so that two buttons reach every place. Conditions on related rows are about another object: nothing crosses their border.
 */
export function moved(draft: Group, steps: Steps, by: 1 | -1): { draft: Group; steps: Steps } {
  const node = nodeAt(draft, steps)
  const target = node && steps.length ? targetOf(draft, node, steps, by) : undefined
  if (!target) return { draft, steps }
  const taken = withGroup(draft, steps.slice(0, -1), (group) => ({ ...group, of: group.of.toSpliced(steps.at(-1)!, 1) }))
  const [around, index] = [target.slice(0, -1), target.at(-1)!]
  return { draft: withGroup(taken, around, (group) => ({ ...group, of: group.of.toSpliced(index, 0, node!) })), steps: target }
}

/** Where the node goes, as steps in the tree without it. */
function targetOf(draft: Group, node: FilterNode, steps: Steps, by: 1 | -1): Steps | undefined {
  const [around, index] = [steps.slice(0, -1), steps.at(-1)!]
  const neighbour = groupAt(draft, around).of[index + by]
  if (neighbour && isGroup(neighbour) && !isGroup(node)) {
    return by > 0 ? [...around, index, 0] : [...around, index - 1, neighbour.of.length]
  }
  if (neighbour) return [...around, index + by]
  return outOf(draft, around, by)
}

/** Before or behind the group that holds the node, if that is a group among others. */
function outOf(draft: Group, around: Steps, by: 1 | -1): Steps | undefined {
  const holder = nodeAt(draft, around)
  if (!around.length || !holder || !isGroup(holder)) return undefined
  return [...around.slice(0, -1), around.at(-1)! + (by > 0 ? 1 : 0)]
}
