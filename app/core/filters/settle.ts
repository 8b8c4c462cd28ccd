import { objects, type Field, type ObjectDefinition } from '#core/objects'
import { isGroup, isRelation, type Condition, type FilterNode, type Group, type RelationCondition } from './ast.js'
import { fieldAt } from './field_path.js'
import { InvalidPart } from './invalid_filter.js'
import { operatorsFor, type Operator } from './operators.js'
import { compareOperators, relationOperators } from './relation_operators.js'

/** As inputs send it: `kind` tells for what kind of value the inputs were drawn. */
type Sent<Node> = Node & { kind?: string }

/**
 * Makes a draft whole again after a change: another field may not know the operator that was chosen, another operator may take
 * other values. What still fits stays as it was typed, wrong or not.
 */
export function settled({ logic, of }: Group, object: ObjectDefinition): Group {
  return { logic, of: of.map((node) => settle(node, object)) }
}

function settle(node: Sent<FilterNode>, object: ObjectDefinition): FilterNode {
  if (isGroup(node)) return settled(node, object)
  return isRelation(node) ? settleRelation(node, object) : settleCondition(node, object)
}

function settleCondition({ field: path, operator: name, value = [], kind }: Sent<Condition>, object: ObjectDefinition): Condition {
  const field = fieldIn(object, path)
  if (!field) return { field: path, operator: name, ...filled(value) }
  const fitting = operatorsFor(field)
  const operator = fitting.find((one) => one.name === name) ?? fitting[0]
  const same = !kind || kind === kindOf(field, operator)
  return { field: path, operator: operator.name, ...filled(same ? fit(value, field, operator) : firstValue(field, operator)) }
}

function settleRelation(node: Sent<RelationCondition>, object: ObjectDefinition): RelationCondition {
  const { relation: name, where, compare, field, value = [] } = node
  const relation = objects.relations(object).find((one) => one.name === name)
  const operator = relationOperators.find((one) => one.name === node.operator) ?? relationOperators[0]
  const inner = where && relation && operator.nested ? settled(where, relation.object) : undefined
  const nested = inner && (inner.of.length || inner.logic === 'or') ? { where: inner } : {}
  if (!operator.measure) return { relation: name, operator: operator.name, ...nested }

  const comparison = compareOperators.find((one) => one.name === compare) ?? compareOperators[3]
  const summed = operator.measure === 'sum' ? { field: field ?? '' } : {}
  const values = value.slice(0, comparison.arity)
  return { relation: name, operator: operator.name, ...nested, compare: comparison.name, ...filled(values), ...summed }
}

const filled = (value: string[]) => (value.length ? { value } : {})

/** A tick sends its yes after the hidden no that stands for a tick taken away. */
function fit(value: string[], { type }: Field, { arity }: Operator): string[] {
  if (arity === 'many') return value.filter(Boolean)
  return type.name === 'flag' ? value.slice(value.length - arity) : value.slice(0, arity)
}

/** A flag is asked for as yes until somebody takes the tick away. */
function firstValue({ type }: Field, { arity }: Operator): string[] {
  return type.name === 'flag' && arity === 1 ? ['1'] : []
}

/** What kind of value the inputs of a condition hold. As long as it stays, values outlive a change of field or operator. */
export function kindOf(field: Field, operator: Operator): string {
  if (operator.days) return 'days'
  if (field.to) return `reference:${field.to}`
  return field.values ? `choice:${field.object}.${field.name}` : field.type.name
}

export function fieldIn(object: ObjectDefinition, path: string): Field | undefined {
  try {
    return fieldAt(object, path).field
  } catch (error) {
    if (error instanceof InvalidPart) return undefined
    throw error
  }
}
