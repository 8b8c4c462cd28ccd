import { type Onlooker } from '../table/cell.js'
import { withWords } from '../list/list_address.js'
import { type ListView } from '../list/list_view.js'

/** The filter above a list (F2, F13): hidden, it stays in force; its sentence tells what is in force. */
export function filterHead(view: ListView, _onlooker: Onlooker) {
  const { object, filter, filterText, folder } = view
  return {
    /** The tree that the builder opens with. */
    draft: filter,
    open: filterText !== '' && !folder,
    inForce: filter.of.length > 0,
    reset: withWords(`/${object.path}`, {}),
    save: withWords('/folders/create', { object: object.name, filter: filterText || folder?.filter }),
  }
}
