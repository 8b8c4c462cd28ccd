import { columnOf, hidden, labelOfColumn, type ObjectDefinition, type Reader } from '#core/objects'

/** The head of a column; one that can be sorted is a link to the next of its three states (F4). */
export interface Column {
  name: string
  label: string
  align: string
  /** When a row came and changed: on a narrow screen the first that goes. */
  minor: boolean
  /** `sorted` is absent when the list stands in another order. */
  sort?: { href: string; sorted?: 'ascending' | 'descending'; icon: string; hint: string }
}

const minor = ['createdAt', 'updatedAt']

/** `sorted` is the order in force, `addressOf` the address with another one (null: the original). */
export function columnsOf(
  object: ObjectDefinition,
  names: string[],
  reader: Reader,
  sorted: string | undefined,
  addressOf: (sort: string | null) => string
): Column[] {
  return names.map((name) => {
    const field = columnOf(object, name)
    const label = labelOfColumn(object, name, reader)
    const column = { name, label, align: field.name === 'id' ? 'fit' : (field.type.align ?? ''), minor: minor.includes(name) }
    if (!field.sortable || hidden(field, reader)) return column
    const { now, icon, next, hint } = stateOf(name, sorted)
    return { ...column, sort: { href: addressOf(next), sorted: now, icon, hint: reader.t(hint, { field: label }) } }
  })
}

/** Ascending, descending, back to the original order. */
function stateOf(name: string, sorted: string | undefined) {
  if (sorted === name) return { now: 'ascending', icon: 'up', next: `-${name}`, hint: 'core.list.sortDescending' } as const
  if (sorted === `-${name}`) return { now: 'descending', icon: 'down', next: null, hint: 'core.list.sortNot' } as const
  return { now: undefined, icon: 'up', next: name, hint: 'core.list.sortAscending' } as const
}
