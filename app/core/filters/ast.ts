/**
 * A filter as data: it travels in the URL, is stored in folders and segments, and is compiled to SQL by one compiler. Values
 * are text in the written form of the field's type (`FieldType.write`), so that every door parses them alike.
 */
export interface Group {
  logic: 'and' | 'or'
  of: FilterNode[]
}

export interface Condition {
  /** A field, or a path through references to a field of a related object: `good.category.name`. */
  field: string
  /** A row of `operators.ts`. */
  operator: string
  /** One, two (between), many (in), or none (empty), as the operator says. */
  value?: string[]
}

export interface RelationCondition {
  /** Name of a relation: `receipts`. */
  relation: string
  /** `exists`, `notExists`, `atLeastOne`, `none` (F11), `count`, or `sum`. */
  operator: string
  /** Conditions that the related rows meet. */
  where?: Group
  /** For `count` and `sum`: a comparison and a number; `field` names what is summed. */
  compare?: string
  value?: string[]
  field?: string
}

export type FilterNode = Group | Condition | RelationCondition

/** No conditions: every row. */
export const everything: Group = { logic: 'and', of: [] }

export const isGroup = (node: FilterNode): node is Group => 'of' in node
export const isRelation = (node: FilterNode): node is RelationCondition => 'relation' in node
