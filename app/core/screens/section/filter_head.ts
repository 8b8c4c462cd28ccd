import { describe, everything, knownTo } from '#core/filters'
import { type Reader } from '#core/objects'
import { withWords } from '../list/list_address.js'
import { type ListView } from '../list/list_view.js'

/** The filter above a list (F2, F13): hidden, it stays in force, and its sentence says so. */
export async function filterHead(view: ListView, reader: Reader) {
  const { object, filter, filterText, folder } = view
  const inForce = filter.of.length > 0
  const known = knownTo(reader, filter, object)
  return {
    /** The tree that the builder opens with; what a folder asks beyond the reader's right is theirs neither to see nor to keep. */
    draft: known ? filter : everything,
    open: filterText !== '',
    inForce,
    sentence: inForce ? await describe(filter, object, reader) : undefined,
    reset: `/${object.path}`,
    save: known && withWords('/folders/create', { object: object.name, filter: filterText || folder?.filter }),
  }
}
