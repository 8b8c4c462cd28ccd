import { type BoundNode } from './bind.js'

/** Conditions that name one value or a narrow span, which an index finds at once. */
const PRECISE = ['equal', 'in', 'between', 'today']

/** Few rows meet it, and an index leads to them: it is cheaper to collect their ids than to ask every row. */
export function selective(node: BoundNode): boolean {
  if ('of' in node) return node.logic === 'and' ? node.of.some(selective) : node.of.every(selective)
  if ('relation' in node) return node.operator.name === 'exists' && selective(node.where)
  const { field, hops } = node.path
  const indexed = field.sortable || field.name === 'id' || Boolean(field.to)
  return !hops.length && indexed && PRECISE.includes(node.operator.name)
}
