import { may } from '#core/access'
import { actionsFor } from '#core/bulk'
import { sortFor, worded, type Reader } from '#core/objects'
import { columnsOf } from '../table/column.js'
import { type Onlooker } from '../table/cell.js'
import { drawRows, hasButtons } from '../table/rows_of.js'
import { counterOf } from './counter.js'
import { countedBy } from './counted.js'
import { listAddress, withWords, whatOf } from './list_address.js'
import { sizes, type ListView } from './list_view.js'
import { pageOfRows } from './page_of_rows.js'
import { pagerOf } from './pager.js'
import { knownTotal } from './total.js'

/** Everything that the table of a section and its foot show. */
export async function drawList(view: ListView, onlooker: Onlooker) {
  const { object, size, page, cursor } = view
  const { reader } = onlooker
  const counted = countedBy(view, reader)
  const total = knownTotal(counted)
  const sort = sortFor(object, view.sort, reader)
  const exact = total?.kind === 'exact' ? total.count : undefined

  const asked = { object, where: counted.where, sort, size, page, cursor, total: exact, shown: { columns: view.columns, reader } }
  const { places, more } = view.refused ? { places: [], more: false } : await pageOfRows(asked)
  const rows = drawRows(object, view.columns, places.map(({ values }) => values!), onlooker)
  const addressOf = (next: string | null) => listAddress(view, { sort: next })

  return {
    name: object.name,
    path: object.path,
    /** The list as it stands, to be loaded again after a write. */
    here: listAddress(view, { page: page > 1 ? page : undefined, cursor }),
    /** Its first page, in whatever size the person likes. */
    first: listAddress({ ...view, sizeSaid: false }),
    edits: rows.some(hasButtons),
    /** The whole of it as a file. */
    export: may(onlooker.staff, 'export', object.name) ? withWords(`/exports/${object.path}/create`, { ...whatOf(view), sort: view.sort }) : undefined,
    /** What may be done with rows that are ticked. */
    bulk: actionsFor(object, onlooker),
    mayCreate: Boolean(object.create) && may(onlooker.staff, 'create', object.name),
    /** Where adding a row is called otherwise: colleagues are invited. */
    createLabel: worded(onlooker.reader, `${object.name}.createLabel`, 'core.create')!,
    columns: columnsOf(object, view.columns, reader, view.sort, addressOf),
    rows,
    sizes: sizes.map((one) => ({ size: one, current: one === size })),
    dense: view.dense,
    pager: pagerOf(view, { places, more, total }, reader),
    counter: counterOf(view, view.refused ? { count: 0, kind: 'exact', counting: false } : total, reader),
    empty: emptyOf(view, reader),
    problems: view.problems.map(({ code, value }) => reader.t(`core.problems.${code}`, { value })),
  }
}

/** Why there is nothing, and what to do: `core.list.<reason>`, or the object's own words. */
function emptyOf(view: ListView, reader: Reader) {
  const first = withWords(`/${view.object.path}`, whatOf(view))
  if (view.page > 1 || view.cursor) return { reason: 'noSuchPage', text: reader.t('core.list.noSuchPageText'), href: first }
  if (view.filter.of.length || view.search || view.refused) {
    return { reason: 'noneFound', text: reader.t('core.list.noneFoundText'), href: `/${view.object.path}` }
  }
  return { reason: 'noneYet', text: worded(reader, `${view.object.name}.empty`, 'core.list.noneYetText') }
}
