import { integer, show, type Reader } from '#core/objects'
import { withWords } from './list_address.js'
import { type ListView } from './list_view.js'
import { type Total } from './total.js'

/** "Total count" of the head (F2); what is not known yet is asked for in a request of its own, beside the page. */
export function counterOf(view: ListView, total: Total | undefined, reader: Reader) {
  const { object, filterText, folderText, search, sort, size, sizeSaid, page } = view
  const words = { filter: filterText, folder: folderText, search, sort, size: sizeSaid ? size : undefined, page: page > 1 ? page : undefined }
  return {
    text: total ? inWords(total, reader) : reader.t('core.list.counting'),
    ask: total && !total.counting ? undefined : withWords(`/${object.path}/total`, words),
    /** At once, or when a longer count may have ended. */
    when: total ? 'load delay:2s' : 'load',
  }
}

/** A number as it is known: exact, a lower bound, or a guess. */
export function inWords({ count, kind }: Total, reader: Reader) {
  const { t } = reader
  const number = show(integer(), count, reader)
  const about = t('core.list.about', { count: number })
  return { exact: number, capped: t('core.list.moreThan', { count: number }), about, unknown: t('core.list.counting') }[kind]
}
