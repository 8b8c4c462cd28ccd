import { isGroup, isRelation, type FilterNode, type Group } from './ast.js'
import { MOST_NODES } from './parse.js'

type Change = (group: Group, index: number) => Group

const blank = () => ({ field: '', operator: '' })

/** What the buttons of the builder do. Those on a node change the group around it, those on a group the group itself. */
const onNodes: Record<string, Change> = {
  remove: (group, index) => ({ ...group, of: group.of.filter((_node, place) => place !== index) }),
  copy: (group, index) => ({ ...group, of: group.of.toSpliced(index + 1, 0, structuredClone(group.of[index])) }),
}

const onGroups: Record<string, (group: Group) => Group> = {
  addCondition: (group) => ({ ...group, of: [...group.of, blank()] }),
  addGroup: (group) => ({ ...group, of: [...group.of, { logic: 'and', of: [blank()] }] }),
  logic: (group) => ({ ...group, logic: group.logic === 'and' ? 'or' : 'and' }),
}

/** The draft after a press of a button: `addCondition 0.1`. A press that fits nothing changes nothing. */
export function changed(draft: Group, action: string): Group {
  const [name, path = ''] = action.split(' ')
  const steps = path.split('.').filter(Boolean).map(Number)
  if (Object.hasOwn(onGroups, name)) return within(count(draft), at(draft, steps, onGroups[name]), draft)
  const last = steps.pop()
  if (last === undefined || !Object.hasOwn(onNodes, name)) return draft
  const change = (group: Group) => (group.of[last] ? onNodes[name](group, last) : group)
  return within(count(draft), at(draft, steps, change), draft)
}

function at(group: Group, [index, ...rest]: number[], change: (group: Group) => Group): Group {
  if (index === undefined) return change(group)
  const node = group.of[index]
  return node ? { ...group, of: group.of.with(index, inside(node, rest, change)) } : group
}

function inside(node: FilterNode, steps: number[], change: (group: Group) => Group): FilterNode {
  if (isGroup(node)) return at(node, steps, change)
  if (!isRelation(node)) return node
  return { ...node, where: at(node.where ?? { logic: 'and', of: [] }, steps, change) }
}

/** Copies and additions stop at what a filter may hold. */
function within(before: number, after: Group, draft: Group): Group {
  const nodes = count(after)
  return nodes > MOST_NODES && nodes > before ? draft : after
}

function count(node: FilterNode): number {
  if (isGroup(node)) return node.of.reduce((sum, child) => sum + 1 + count(child), 0)
  return isRelation(node) && node.where ? count(node.where) : 0
}
