import { type ObjectDefinition, type Reader } from '#core/objects'
import { isGroup, type FilterNode, type Group, type RelationCondition } from './ast.js'
import { MOST_LEVELS, MOST_NODES } from './limits.js'
import { filterFrom } from './parse.js'
import { settled } from './settle.js'

/**
 * A draft is a filter that is being built: its nodes may still lack a field or a value. In a form each node is spelt by inputs
 * named `<name>-<path>-<part>`: `filter-0-1-operator`. Flat names keep any depth within what a form parser takes.
 */
export type Form = Record<string, unknown>

/**
 * The parts of a node. A relation is the subject `@receipts`, and `@receipts.total` is short for "there are receipts where total ...";
 * a node without subject is a group.
 */
export const RELATION = '@'

/** The filter that a form around the builder sends: its inputs where they are there, else the JSON under the name itself. */
export function filterOf(form: Form, name: string, object: ObjectDefinition, reader: Reader): Group {
  const draft = readDraft(form, name, object)
  return filterFrom(draft ? JSON.stringify(draft) : textOf(form[name]), object, reader)
}

/** What the inputs of a builder spell, however unfinished; undefined where there are none. Never throws. */
export function readDraft(form: Form, name: string, object: ObjectDefinition): Group | undefined {
  const parts = partsOf(form, name)
  return parts && settled(groupOf(parts), object)
}

interface Parts {
  said: Map<string, unknown>
  children: Map<number, Parts>
}

const noParts = (): Parts => ({ said: new Map(), children: new Map() })

function partsOf(form: Form, name: string): Parts | undefined {
  const root = noParts()
  let nodes = 0
  for (const [key, value] of Object.entries(form)) {
    const [path, part] = spelt(key, name)
    if (!part || path.length > MOST_LEVELS * 4) continue
    let here = root
    for (const index of path) {
      if (!here.children.has(index) && ++nodes > MOST_NODES + 1) return root
      here = here.children.get(index) ?? here.children.set(index, noParts()).get(index)!
    }
    here.said.set(part, value)
  }
  return root.said.has('logic') ? root : undefined
}

function spelt(key: string, name: string): [path: number[], part?: string] {
  const found = key.startsWith(`${name}-`) && /^((?:\d{1,4}-)*)([a-z]+)$/.exec(key.slice(name.length + 1))
  return found ? [found[1].split('-').filter(Boolean).map(Number), found[2]] : [[]]
}

function groupOf({ said, children }: Parts): Group {
  const inOrder = [...children].sort(([left], [right]) => left - right)
  return { logic: said.get('logic') === 'or' ? 'or' : 'and', of: inOrder.map(([, parts]) => nodeOf(parts)) }
}

function nodeOf(parts: Parts): FilterNode & { kind?: string } {
  const { said } = parts
  if (!said.has('subject')) return groupOf(parts)
  const subject = textOf(said.get('subject'))
  const rest = {
    operator: textOf(said.get('operator')),
    value: valuesOf(said),
    kind: textOf(said.get('kind')),
  }
  if (!subject.startsWith(RELATION)) return { field: subject, ...rest }
  const [relation, ...way] = subject.slice(RELATION.length).split('.')
  if (way.length) return { relation, operator: 'exists', where: { logic: 'and', of: [{ field: way.join('.'), operator: '' }] } }
  return {
    relation,
    ...rest,
    where: groupOf(parts),
    compare: textOf(said.get('compare')),
    field: textOf(said.get('measured')),
  }
}

/** One input, several of one name, or a text with a value on each line; cells of a row that was pasted count as lines. */
function valuesOf(said: Parts['said']): string[] {
  if (said.has('lines')) return textOf(said.get('lines')).split(/[\r\n\t]+/).map((line) => line.trim()).filter(Boolean)
  const times = listOf(said.get('time'))
  const values = listOf(said.get('value')).map((value, index) => timed(value, times[index]))
  return values.some(Boolean) ? values : []
}

function listOf(sent: unknown): string[] {
  const list = typeof sent === 'object' && sent !== null ? Object.values(sent) : [sent]
  return list.map(textOf)
}

/** The time of a moment stands in an input of its own and may be left out: the whole day is meant then. */
const timed = (value: string, time: string | undefined) => (value && time && !value.includes('T') ? `${value}T${time}` : value)

const textOf = (sent: unknown) => (typeof sent === 'string' ? sent : '')

/** The inputs that spell a draft: what `readDraft` reads back. */
export function formOf(draft: Group, name: string): [name: string, value: string][] {
  return [[`${name}-logic`, draft.logic], ...draft.of.flatMap((node, index) => spell(node, `${name}-${index}`))]
}

function spell(node: FilterNode, key: string): [string, string][] {
  if (isGroup(node)) return formOf(node, key)
  const values = (node.value ?? []).map((value): [string, string] => [`${key}-value`, value])
  const operator: [string, string] = [`${key}-operator`, node.operator]
  if (!('relation' in node)) return [[`${key}-subject`, node.field], operator, ...values]
  const relation = node as RelationCondition
  return [
    [`${key}-subject`, RELATION + relation.relation],
    operator,
    [`${key}-compare`, relation.compare ?? ''],
    [`${key}-measured`, relation.field ?? ''],
    ...values,
    ...formOf(relation.where ?? { logic: 'and', of: [] }, key),
  ]
}
