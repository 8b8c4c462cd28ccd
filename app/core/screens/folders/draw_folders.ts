import { type ListView } from '../list/list_view.js'
import { withWords } from '../list/list_address.js'
import { type Onlooker } from '../table/cell.js'
import { foldersOf } from './folders.js'

/** The folders at the left of a section (F14). */
export async function drawFolders({ object, folder }: ListView, { staff }: Onlooker) {
  const found = await foldersOf(object, staff.id)
  return found.map(({ id, name, shared, staffId }) => ({
    id,
    name,
    shared,
    href: withWords(`/${object.path}`, { folder: id }),
    current: id === folder?.id,
    own: staffId === staff.id || staff.role === 'administrator',
  }))
}
