import { type ObjectDefinition, type Reader } from '#core/objects'
import { type Condition, type FilterNode, type Group, type RelationCondition } from './ast.js'
import { bind } from './bind.js'
import { InvalidFilter, type FilterError, type Part } from './invalid_filter.js'
import { MOST_LEVELS, MOST_NODES, MOST_VALUES } from './limits.js'
import { clock } from './operand.js'

const LONGEST_TEXT = 1000
const LONGEST_FILTER = 200_000

/**
 * A filter of the object from anything that arrived (an address, a body, a column); nothing but the declared keys
 * is taken over. `reader` is who asks, and may not ask about what they may not see; a filter that is stored is read with `plain`.
 * Throws `InvalidFilter`.
 */
export function parseFilter(input: unknown, object: ObjectDefinition, reader: Reader): Group {
  const filter = shaped(input)
  bind(filter, object, clock('utc'), reader)
  return filter
}

/** The same from JSON text; an absent filter lets every row in. */
export function filterFrom(text: string | null | undefined, object: ObjectDefinition, reader: Reader): Group {
  if (!text) return { logic: 'and', of: [] }
  if (text.length > LONGEST_FILTER) throw refusal([], 'node', 'tooLarge')
  return parseFilter(json(text), object, reader)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal([], 'node', 'notJson')
  }
}

interface Counting {
  nodes: number
}

function shaped(input: unknown): Group {
  return group(input, [], { nodes: 0 }, 1)
}

function group(input: unknown, at: number[], counting: Counting, level: number): Group {
  if (level > MOST_LEVELS) throw refusal(at, 'node', 'tooDeep', { max: MOST_LEVELS })
  const sent = record(input, at, ['logic', 'of'])
  if (sent.logic !== 'and' && sent.logic !== 'or') throw refusal(at, 'node', 'logic')
  if (!Array.isArray(sent.of)) throw refusal(at, 'node', 'shape')
  return { logic: sent.logic, of: sent.of.map((child, index) => node(child, [...at, index], counting, level)) }
}

function node(input: unknown, at: number[], counting: Counting, level: number): FilterNode {
  counting.nodes += 1
  if (counting.nodes > MOST_NODES) throw refusal(at, 'node', 'tooMany', { max: MOST_NODES })
  if (holds(input, 'of')) return group(input, at, counting, level + 1)
  return holds(input, 'relation') ? relation(input, at, counting, level) : condition(input, at)
}

function condition(input: unknown, at: number[]): Condition {
  const sent = record(input, at, ['field', 'operator', 'value'])
  return {
    field: word(sent.field, at, 'field'),
    operator: word(sent.operator, at, 'operator'),
    ...optional('value', sent.value, (value) => words(value, at)),
  }
}

function relation(input: unknown, at: number[], counting: Counting, level: number): RelationCondition {
  const sent = record(input, at, ['relation', 'operator', 'where', 'compare', 'value', 'field'])
  return {
    relation: word(sent.relation, at, 'relation'),
    operator: word(sent.operator, at, 'operator'),
    ...optional('where', sent.where, (where) => group(where, at, counting, level + 1)),
    ...optional('compare', sent.compare, (compare) => word(compare, at, 'compare')),
    ...optional('value', sent.value, (value) => words(value, at)),
    ...optional('field', sent.field, (field) => word(field, at, 'field')),
  }
}

function optional<Key extends string, Value>(key: Key, sent: unknown, read: (sent: unknown) => Value) {
  return (sent === undefined ? {} : { [key]: read(sent) }) as { [key in Key]?: Value }
}

function record(input: unknown, at: number[], keys: string[]): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw refusal(at, 'node', 'shape')
  if (Object.keys(input).some((key) => !keys.includes(key))) throw refusal(at, 'node', 'shape')
  return input as Record<string, unknown>
}

function holds(input: unknown, key: string) {
  return typeof input === 'object' && input !== null && Object.hasOwn(input, key)
}

function word(sent: unknown, at: number[], part: Part): string {
  if (typeof sent !== 'string' || sent.length > LONGEST_TEXT) throw refusal(at, part, 'shape')
  return sent
}

function words(sent: unknown, at: number[]): string[] {
  if (!Array.isArray(sent) || sent.some((one) => typeof one !== 'string')) throw refusal(at, 'value', 'listOfTexts')
  if (sent.length > MOST_VALUES) throw refusal(at, 'value', 'tooManyValues', { max: MOST_VALUES, count: sent.length })
  return sent.map((one) => word(one, at, 'value'))
}

function refusal(at: number[], part: Part, code: string, params: FilterError['params'] = {}) {
  return new InvalidFilter([{ path: at.join('.'), part, code, params }])
}
