import { isGroup, isRelation, type Condition, type FilterNode } from '#core/filters'
import { hidden, labelOf, objects, type Field, type Tone } from '#core/objects'
import { listAddress } from '../list/list_address.js'
import { type ListView } from '../list/list_view.js'
import { addressOfFilter } from '../list/stored_filters.js'
import { type Onlooker } from '../table/cell.js'

interface QuickFilter {
  label: string
  options: { label: string; href: string; current: boolean; tone?: Tone }[]
}

/**
 * The choice by which a section is narrowed at a press (`quick` of its declaration): a link for each value, which leaves the other
 * conditions as they are.
 */
export async function quickFilter(view: ListView, { reader }: Onlooker): Promise<QuickFilter | undefined> {
  const field = view.object.quick && objects.field(view.object, view.object.quick)
  if (!field || hidden(field, reader)) return undefined
  const { logic, of } = view.filter
  const conditions = logic === 'and' || of.length < 2 ? of : [view.filter]
  const others = conditions.filter((node) => !isOn(field, node))
  const chosen = conditions.find((node) => isOn(field, node))?.value?.[0]
  const along = (values: string[]) => addressWith(view, [...others, ...values.map((value): Condition => ({ field: field.name, operator: 'equal', value: [value] }))])

  const all = { label: reader.t('core.list.all'), href: await along([]), current: chosen === undefined }
  const each = field.values!.map(async (value) => ({
    label: field.type.show(value as never, field, reader),
    href: await along([value]),
    current: chosen === value,
    tone: field.tones?.[value],
  }))
  return { label: labelOf(field, reader), options: [all, ...(await Promise.all(each))] }
}

const isOn = (field: Field, node: FilterNode): node is Condition =>
  !isGroup(node) && !isRelation(node) && node.field === field.name && node.operator === 'equal'

async function addressWith(view: ListView, of: FilterNode[]) {
  const filterText = await addressOfFilter({ logic: 'and', of }, view.object)
  return listAddress({ ...view, filterText, folderText: filterText ? view.folderText : view.folderText && 'all' })
}
