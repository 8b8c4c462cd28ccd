import { integer, show, type Reader } from '#core/objects'
import { listAddress } from './list_address.js'
import { type ListView } from './list_view.js'
import { type Place } from './page_of_rows.js'
import { type Total } from './total.js'

interface Shown {
  places: Place[]
  more: boolean
  total: Total | undefined
}

/** The foot of a list (F4): « ‹ page x of y › ». Neighbours are reached from the rows at hand, far pages by their number. */
export function pagerOf(view: ListView, { places, more, total }: Shown, reader: Reader) {
  const { page, size } = view
  const exact = total?.kind === 'exact' ? total : undefined
  const pages = exact && Math.max(1, Math.ceil(exact.count / size))
  const [first, last] = [places[0], places.at(-1)]
  const onward = more && last !== undefined
  const ended = pages !== undefined && page >= pages

  return {
    page,
    pages: pagesInWords(total, size, reader),
    /** Only what decides about the rows; the page is typed. */
    words: Object.entries({ ...wordsOf(view) }).filter(([, value]) => value),
    action: `/${view.object.path}`,
    max: pages,
    first: page > 1 ? listAddress(view) : undefined,
    previous: page > 1 ? listAddress(view, previousOf(page, first)) : undefined,
    next: onward && !ended ? listAddress(view, { page: page + 1, cursor: { side: 'after', ...last } }) : undefined,
    last: pages && page < pages ? listAddress(view, { page: pages }) : undefined,
  }
}

/** The first page is always read from the start, so that it is whole. */
function previousOf(page: number, first: Place | undefined) {
  return page === 2 || !first ? { page: page - 1 } : { page: page - 1, cursor: { side: 'before' as const, ...first } }
}

function wordsOf({ filterText, folderText, search, sort, size, sizeSaid }: ListView) {
  return { filter: filterText, folder: folderText, search, sort, size: sizeSaid ? size : undefined }
}

function pagesInWords(total: Total | undefined, size: number, reader: Reader) {
  if (!total) return '…'
  const pages = show(integer(), Math.max(1, Math.ceil(total.count / size)), reader)
  return { exact: pages, capped: reader.t('core.list.moreThan', { count: pages }), about: `≈ ${pages}`, unknown: '…' }[total.kind]
}
