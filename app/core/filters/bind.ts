import { hidden, InvalidValue, objects, integer, named, type Field, type ObjectDefinition, type Reader, type Relation } from '#core/objects'
import { everything, isGroup, isRelation, type Condition, type FilterNode, type Group, type RelationCondition } from './ast.js'
import { fieldAt, type FieldPath } from './field_path.js'
import { InvalidFilter, InvalidPart, type FilterError, type Part } from './invalid_filter.js'
import { MOST_VALUES } from './limits.js'
import { operand, type Clock, type Operand } from './operand.js'
import { operators, type Operator } from './operators.js'
import { compareOperators, relationOperators, type CompareOperator, type RelationOperator } from './relation_operators.js'

/** A filter whose names are found and whose values are read: what is compiled and put into words. */
export interface BoundGroup {
  logic: 'and' | 'or'
  of: BoundNode[]
}

export interface BoundCondition {
  path: FieldPath
  operator: Operator
  operands: Operand[]
  /** As they were typed. */
  values: string[]
}

export interface BoundRelation {
  relation: Relation
  operator: RelationOperator
  where: BoundGroup
  /** For `count` and `sum`: the comparison, and the field that is summed. */
  compare?: CompareOperator
  operands: Operand[]
  measured?: Field
}

export type BoundNode = BoundGroup | BoundCondition | BoundRelation

/**
 * Finds every name in the declarations and reads every value, for somebody who asks: a condition on what they may not see would let
 * it be guessed. Throws `InvalidFilter` with all errors at once.
 */
export function bind(group: Group, object: ObjectDefinition, clock: Clock, reader: Reader): BoundGroup {
  const errors: FilterError[] = []
  const bound = bindGroup(group, object, [], { clock, reader, errors })
  if (errors.length) throw new InvalidFilter(errors)
  return bound
}

interface Binding {
  clock: Clock
  reader: Reader
  errors: FilterError[]
}

/** A group without conditions says nothing, so it is left out: in an `or` it must not let everything in. */
function bindGroup({ logic, of }: Group, object: ObjectDefinition, at: number[], binding: Binding): BoundGroup {
  const nodes = of.map((node, index) => bindNode(node, object, [...at, index], binding))
  return { logic, of: nodes.filter((node) => node && !('of' in node && !node.of.length)) as BoundNode[] }
}

function bindNode(node: FilterNode, object: ObjectDefinition, at: number[], binding: Binding): BoundNode | null {
  if (isGroup(node)) return bindGroup(node, object, at, binding)
  try {
    return isRelation(node) ? bindRelation(node, object, at, binding) : bindCondition(node, object, binding)
  } catch (error) {
    if (!(error instanceof InvalidPart)) throw error
    const { part, code, params, field } = error
    binding.errors.push({ path: at.join('.'), part, code, params, field })
    return null
  }
}

function bindCondition(node: Condition, object: ObjectDefinition, { clock, reader }: Binding): BoundCondition {
  const path = fieldAt(object, node.field)
  const closed = closedOn(path, reader)
  if (closed) throw new InvalidPart('field', closed, {}, node.field)
  const { field } = path
  const operator = known(operators, node.operator, 'operator')
  if (!operator.types.includes(field.type.name)) throw new InvalidPart('operator', 'unfitOperator', {}, node.field)

  const values = asMany(operator.arity, node.value)
  const operands = read(node.field, () =>
    operator.operands ? operator.operands(values, field, clock) : values.map((value) => operand(value, field, clock))
  )
  if (operator.name === 'between') inOrder(operands, node.field)
  return { path, operator, operands, values }
}

function bindRelation(node: RelationCondition, object: ObjectDefinition, at: number[], binding: Binding): BoundRelation {
  const relation = objects.relations(object).find(({ name }) => name === node.relation)
  if (!relation) throw new InvalidPart('relation', 'unknownRelation')
  if (!binding.reader.reads(relation.object.name)) throw new InvalidPart('relation', 'unreadObject')
  const operator = known(relationOperators, node.operator, 'operator')
  if (node.where?.of.length && !operator.nested) throw new InvalidPart('operator', 'noConditions')

  const where = bindGroup(node.where ?? everything, relation.object, at, binding)
  const measure = operator.measure ? bindMeasure(node, operator, relation.object, binding) : nothingMeasured(node)
  return { relation, operator, where, ...measure }
}

function bindMeasure(node: RelationCondition, operator: RelationOperator, object: ObjectDefinition, { clock, reader }: Binding) {
  const measured = operator.measure === 'sum' ? summable(object, node.field) : undefined
  if (measured && hidden(measured, reader)) throw new InvalidPart('field', 'hiddenField')
  if (!measured && node.field) throw new InvalidPart('field', 'unexpected')
  const compare = known(compareOperators, node.compare, 'compare')
  const values = asMany(compare.arity, node.value)
  const operands = read(node.field, () => values.map((value) => operand(value, measured ?? count, clock)))
  if (compare.name === 'between') inOrder(operands, node.field)
  return { measured, compare, operands }
}

/** Why this reader may not ask about a field: it or something on the way is personal data that they may not see, or of an object that they may not read. */
export function closedOn({ hops, field }: FieldPath, reader: Reader): (typeof closing)[number] | undefined {
  const way = [...hops, field]
  if (way.some((one) => hidden(one, reader))) return 'hiddenField'
  return way.some(({ object }) => !reader.reads(object)) ? 'unreadObject' : undefined
}

/** Codes of what is refused for the sake of who asks. */
export const closing = ['hiddenField', 'unreadObject'] as const

/** Whole numbers that a count is compared with. */
const count = named('', 'count', integer())

function summable(object: ObjectDefinition, name: string | undefined): Field {
  if (!name) throw new InvalidPart('field', 'required')
  const field = object.fields.get(name)
  if (!field || field.secret) throw new InvalidPart('field', 'unknownField')
  if (!summed(field)) throw new InvalidPart('field', 'notSummable')
  return field
}

/** An id is a number too, but a sum of ids says nothing. */
export function summed(field: Field) {
  return ['integer', 'decimal', 'money'].includes(field.type.name) && field.name !== 'id'
}

function nothingMeasured(node: RelationCondition) {
  const stray = (['compare', 'value', 'field'] as const).find((part) => node[part]?.length)
  if (stray) throw new InvalidPart(stray, 'unexpected')
  return { operands: [] }
}

function known<Row extends { name: string }>(table: Row[], name: string | undefined, part: Part): Row {
  if (!name) throw new InvalidPart(part, 'required')
  const found = table.find((row) => row.name === name)
  if (!found) throw new InvalidPart(part, 'unknownOperator')
  return found
}

/** As many values as the operator takes. */
function asMany(arity: Operator['arity'], values: string[] = []): string[] {
  if (values.length > MOST_VALUES) throw new InvalidPart('value', 'tooManyValues', { max: MOST_VALUES, count: values.length })
  if (arity === 'many' ? values.length > 0 : values.length === arity) return values
  throw new InvalidPart('value', values.length || !arity ? 'valuesCount' : 'required', { count: arity })
}

function read<Result>(field: string | undefined, parse: () => Result): Result {
  try {
    return parse()
  } catch (error) {
    if (error instanceof InvalidValue) throw new InvalidPart('value', error.code, error.params, field)
    throw error
  }
}

/** "Between 10 and 5" is a slip, and an answer without rows would hide it. */
function inOrder([from, to]: Operand[], field: string | undefined) {
  const [low, high] = [from, to].map(({ value }) => (Number.isNaN(Number(value)) ? String(value) : Number(value)))
  if (low > high) throw new InvalidPart('value', 'wrongOrder', {}, field)
}
