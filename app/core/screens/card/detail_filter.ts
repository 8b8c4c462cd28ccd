import { may } from '#core/access'
import { describeEach, type Group } from '#core/filters'
import { hidden, type Reader, type Relation } from '#core/objects'
import { withWords } from '../list/list_address.js'
import { addressOfFilter } from '../list/stored_filters.js'
import { type Onlooker } from '../table/cell.js'
import { ALL, detailAddress, type DetailView } from './detail_view.js'

/** The filter of a detail (F9): closed, its conditions are chips; open, the builder of the related object stands above the rows. */
export async function detailFilter({ object, name, field }: Relation, address: string, view: DetailView, reader: Reader) {
  const without = field.inverse!.opens ? ALL : undefined
  const chips = view.building ? [] : await describeEach(view.filter, object, reader)
  return {
    object,
    draft: view.filter,
    /** The inputs of several builders on one page must not share names. */
    name: `${name.replace(/[^a-zA-Z]/g, '')}Filter`,
    building: view.building,
    problem: view.problem && reader.t(`core.problems.${view.problem}`),
    toggle: detailAddress(address, view, { build: view.building ? undefined : '1' }),
    to: detailAddress(address, view, { shown: undefined, filter: undefined }),
    reset: view.filterText && view.filterText !== ALL ? detailAddress(address, view, { shown: undefined, filter: without }) : undefined,
    logic: reader.t(`filters.builder.${view.filter.logic}`),
    chips: await Promise.all(
      chips.map(async (text, index) => {
        const left = { ...view.filter, of: view.filter.of.toSpliced(index, 1) }
        return { text, index, without: detailAddress(address, view, { shown: undefined, filter: (await addressOfFilter(left, object)) || without }) }
      })
    ),
  }
}

/** The section of the related object with these very rows, to work on with all that a list can do. */
export async function asList({ object, field }: Relation, id: number, view: DetailView, { staff, reader }: Onlooker) {
  if (!object.path || !may(staff, 'read', object.name) || hidden(field, reader)) return undefined
  const own = { field: field.name, operator: 'equal', value: [String(id)] }
  const filter = await addressOfFilter({ logic: 'and', of: [own, ...joined(view.filter)] }, object)
  return withWords(`/${object.path}`, { filter, sort: view.sort })
}

const joined = (filter: Group) => (filter.logic === 'and' || filter.of.length < 2 ? filter.of : [filter])
