import { type ObjectDefinition } from '#core/objects'
import { withWords } from '../list/list_address.js'
import { type FilterPreferences } from '../list/list_settings.js'
import { type ListView } from '../list/list_view.js'
import { type Onlooker } from '../table/cell.js'
import { type Folder } from './folder.js'
import { foldersOf } from './folders.js'

/** The folders at the left of a section (F14): first those that the person pinned, then their own, then the shared ones. */
export async function drawFolders(view: Pick<ListView, 'object' | 'folderText' | 'filterText' | 'liked'>, { staff, reader }: Onlooker) {
  const { object, folderText, filterText, liked } = view
  const found = await foldersOf(object, staff.id)
  const drawn = found.map((folder) => drawFolder(folder, object, liked, folderText))
  const pinned = liked.pinned.flatMap((id) => drawn.filter((folder) => folder.id === id))
  const others = drawn.filter((folder) => !pinned.includes(folder))
  const isMine = ({ staffId }: { staffId: number }) => staffId === staff.id

  return {
    here: withWords(`/section-folders/${object.path}`, { folder: folderText, filter: filterText ? '1' : undefined }),
    keeps: `/layouts/${object.path}`,
    /** Until there is something in it, the panel takes no room from the list. */
    folded: liked.foldersFolded ?? found.length === 0,
    any: found.length > 0,
    all: { href: allRows(object, liked), current: !filterText && (folderText === '' || folderText === 'all') },
    groups: [
      { name: 'pinned', folders: pinned.map((folder, index) => ({ ...folder, first: index === 0, last: index === pinned.length - 1 })) },
      { name: 'mine', folders: others.filter(isMine) },
      { name: 'shared', folders: others.filter((folder) => !isMine(folder)) },
    ]
      .filter(({ folders }) => folders.length)
      .map((group) => ({ ...group, label: reader.t(`folders.groups.${group.name}`) })),
  }
}

/** The section without any filter, also where it opens with a folder. */
export const allRows = ({ path }: ObjectDefinition, { defaultFolder }: FilterPreferences) =>
  defaultFolder ? `/${path}?folder=all` : `/${path}`

function drawFolder({ id, name, shared, staffId }: Folder, object: ObjectDefinition, liked: FilterPreferences, folderText: string) {
  return {
    id,
    name,
    shared,
    staffId,
    href: withWords(`/${object.path}`, { folder: id }),
    current: String(id) === folderText,
    pinned: liked.pinned.includes(id),
    opens: liked.defaultFolder === id,
  }
}
