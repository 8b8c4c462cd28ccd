import { everything } from '#core/filters'
import { sortable, type Reader, type Relation } from '#core/objects'
import { filterSaid, type FilterSaid } from '../list/filter_said.js'
import { withWords } from '../list/list_address.js'

/** Rows shown at first, and added by each More (F7). */
export const STEP = 5
const MOST = 500

/** How a detail was left, as its address says it. */
export interface DetailView extends FilterSaid {
  shown: number
  sort?: string
  /** `?filter=` as it came. */
  filterText: string
  /** The builder stands open. */
  building: boolean
}

/** In the place of a filter: not even the condition with which the detail opens. */
export const ALL = 'all'

/** What cannot be read is as at first, but for a filter: rows that do not meet it would pass for its own. */
export async function detailView({ object, field }: Relation, query: Record<string, unknown>, reader: Reader): Promise<DetailView> {
  const { opens } = field.inverse!
  const opening = opens ? JSON.stringify({ logic: 'and', of: [opens] }) : ''
  const filterText = typeof query.filter === 'string' && query.filter ? query.filter : opening
  return {
    shown: Math.min(MOST, Math.max(STEP, Number.parseInt(String(query.shown), 10) || STEP)),
    sort: typeof query.sort === 'string' && sortable(object, query.sort, reader) ? query.sort : undefined,
    filterText,
    building: query.build === '1',
    ...(filterText === ALL ? { filter: everything } : await filterSaid(filterText, object, reader)),
  }
}

/** The address of the same detail one step on. */
export function detailAddress(address: string, view: DetailView, step: Partial<Record<'shown' | 'sort' | 'filter' | 'build', unknown>> = {}) {
  const { shown, sort, filterText } = view
  return withWords(address, { shown: shown === STEP ? undefined : shown, sort, filter: filterText, ...step })
}
