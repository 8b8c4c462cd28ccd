import { isGroup, isRelation, type FilterNode, type Group } from './ast.js'
import { levelsOf, MOST_LEVELS, MOST_NODES, nodesIn } from './limits.js'
import { moved } from './move_node.js'
import { groupAt, nodeAt, withGroup, type Steps } from './walk.js'

/** The input or button at which the person goes on. */
interface Focus {
  path: string
  part: string
}

/** The draft after a press, and where the person goes on. */
export interface Changed {
  draft: Group
  focus?: Focus
  /** The filter cannot hold what was asked for; the words are `validator.<code>`. */
  refused?: { code: 'tooMany' | 'tooDeep'; max: number }
}

type Press = (draft: Group, steps: Steps) => Changed

const blank = () => ({ field: '', operator: '' })

/** What the buttons of the builder do: `addCondition 0.1`, and what a change of a list leads to. */
const presses: Record<string, Press> = {
  addCondition: (draft, steps) => added(draft, steps, blank()),
  addGroup: (draft, steps) => added(draft, steps, { logic: groupAt(draft, steps).logic === 'and' ? 'or' : 'and', of: [blank()] }),
  logic: (draft, steps) => ({
    draft: withGroup(draft, steps, (group) => ({ ...group, logic: group.logic === 'and' ? 'or' : 'and' })),
    focus: focusOn(steps, 'logic'),
  }),
  remove: (draft, steps) => removed(draft, steps),
  copy: (draft, steps) => copied(draft, steps),
  wrap: (draft, steps) => wrapped(draft, steps),
  up: (draft, steps) => shifted(draft, steps, 'up'),
  down: (draft, steps) => shifted(draft, steps, 'down'),
  subject: (draft, steps) => ({ draft, focus: afterSubject(draft, steps) }),
  operator: (draft, steps) => ({ draft, focus: focusOn(steps, 'value') }),
  compare: (draft, steps) => ({ draft, focus: focusOn(steps, 'value') }),
  measured: (draft, steps) => ({ draft, focus: focusOn(steps, 'compare') }),
}

/** A press that fits nothing changes nothing; one that asks for more than a filter holds is refused. */
export function changed(draft: Group, action: string): Changed {
  const [name, path = ''] = action.split(' ')
  if (!Object.hasOwn(presses, name)) return { draft }
  const steps = path.split('.').filter(Boolean).map(Number)
  return fitting(draft, presses[name](draft, steps))
}

/** Puts conditions of a folder into a group. They are a copy: whoever changes the folder later changes nobody's filter. */
export function inserted(draft: Group, path: string, folder: Group): Changed {
  const steps = path.split('.').filter(Boolean).map(Number)
  const joined = folder.of.length === 1 || folder.logic === groupAt(draft, steps).logic
  const nodes = joined ? folder.of : [folder]
  const after = withGroup(draft, steps, (group) => ({ ...group, of: [...group.of.filter(begun), ...nodes] }))
  const last = groupAt(after, steps).of.length - 1
  return fitting(draft, { draft: after, focus: focusOn([...steps, last], 'field') })
}

/** A condition without a field was only asked for. */
const begun = (node: FilterNode) => isGroup(node) || isRelation(node) || node.field !== ''

function fitting(before: Group, after: Changed): Changed {
  const grown = (measure: (group: Group) => number, most: number) =>
    measure(after.draft) > most && measure(after.draft) > measure(before)
  if (grown(nodesIn, MOST_NODES)) return { draft: before, refused: { code: 'tooMany', max: MOST_NODES } }
  if (grown(levelsOf, MOST_LEVELS)) return { draft: before, refused: { code: 'tooDeep', max: MOST_LEVELS } }
  return after
}

function added(draft: Group, steps: Steps, node: FilterNode): Changed {
  const after = withGroup(draft, steps, (group) => ({ ...group, of: [...group.of, node] }))
  const place = [...steps, groupAt(after, steps).of.length - 1]
  return { draft: after, focus: focusOn(isGroup(node) ? [...place, 0] : place, 'field') }
}

/** The person goes on at the condition that took its place, else at the one before it, else at the group. */
function removed(draft: Group, steps: Steps): Changed {
  const [around, index] = split(steps)
  const after = withGroup(draft, around, (group) => ({ ...group, of: group.of.filter((_node, place) => place !== index) }))
  const left = groupAt(after, around).of.length
  const next = [...around, Math.min(index, left - 1)]
  return { draft: after, focus: left ? focusOn(next, 'remove') : focusOn(around, 'addCondition') }
}

function copied(draft: Group, steps: Steps): Changed {
  const node = nodeAt(draft, steps)
  if (!node) return { draft }
  const [around, index] = split(steps)
  const after = withGroup(draft, around, (group) => ({ ...group, of: group.of.toSpliced(index + 1, 0, structuredClone(node)) }))
  return { draft: after, focus: focusOn([...around, index + 1], 'copy') }
}

/** Puts a condition into a group of its own, joined the other way: that is what groups are for. */
function wrapped(draft: Group, steps: Steps): Changed {
  const node = nodeAt(draft, steps)
  if (!node) return { draft }
  const [around, index] = split(steps)
  const logic = groupAt(draft, around).logic === 'and' ? 'or' : 'and'
  const after = withGroup(draft, around, (group) => ({ ...group, of: group.of.with(index, { logic, of: [node] }) }))
  return { draft: after, focus: focusOn(steps, 'addCondition') }
}

function shifted(draft: Group, steps: Steps, way: 'up' | 'down'): Changed {
  const after = moved(draft, steps, way === 'up' ? -1 : 1)
  return { draft: after.draft, focus: focusOn(after.steps, way) }
}

/** A field of related rows was chosen at once: the person goes on at its condition, inside. */
function afterSubject(draft: Group, steps: Steps): Focus {
  const [first] = groupAt(draft, steps).of
  return first && !isGroup(first) && !first.value ? focusOn([...steps, 0], 'operator') : focusOn(steps, 'operator')
}

const split = (steps: Steps): [around: Steps, index: number] => [steps.slice(0, -1), steps.at(-1) ?? -1]

const focusOn = (steps: Steps, part: string): Focus => ({ path: steps.join('.'), part })
