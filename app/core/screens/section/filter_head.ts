import { may } from '#core/access'
import { describeEach, everything, filterUses, knownTo } from '#core/filters'
import { allRows } from '../folders/draw_folders.js'
import { ownFolder } from '../folders/folders.js'
import { listAddress, withWords } from '../list/list_address.js'
import { type ListView } from '../list/list_view.js'
import { addressOfFilter } from '../list/stored_filters.js'
import { type Onlooker } from '../table/cell.js'
import { quickFilter } from './quick_filter.js'

/** The filter above a list (F2, F13): hidden, it stays in force, and its conditions stand there as chips. */
export async function filterHead(view: ListView, { reader, staff }: Onlooker) {
  const { object, filter, filterText, folder, liked } = view
  const inForce = filter.of.length > 0
  const known = knownTo(reader, filter, object)
  const own = folder && filterText && known ? await ownFolder(folder.id, staff) : undefined
  return {
    /** The tree that the builder opens with; what a folder asks beyond the reader's right is theirs neither to see nor to keep. */
    draft: known ? filter : everything,
    open: liked.filterShown ?? filterText !== '',
    keeps: `/layouts/${object.path}`,
    inForce,
    quick: known ? await quickFilter(view, { reader, staff }) : undefined,
    logic: reader.t(`filters.builder.${filter.logic}`),
    chips: inForce ? await chipsOf(view, { reader, staff }, known) : [],
    /** Where a filter is applied: order and search stay, the page begins anew. */
    to: listAddress({ ...view, filterText: '' }),
    reset: allRows(object, liked),
    save: known && withWords('/folders/create', wordsOf(view)),
    uses: known ? usesOf(view, { reader, staff }) : [],
    began: folder && filterText ? folder.name : undefined,
    update: own && { href: `/folders/${own.id}/filter`, filter: filterText, name: own.name },
  }
}

/** What else the filter can become for somebody who may make it. */
function usesOf(view: ListView, { reader, staff }: Onlooker) {
  return filterUses(view.object)
    .filter(({ right, object }) => may(staff, right, object))
    .map(({ name, icon, href }) => ({ icon, label: reader.t(`filterUses.${name}`), href: withWords(href, wordsOf(view)) }))
}

const wordsOf = ({ object, filterText, folder }: ListView) => ({ object: object.name, filter: filterText || folder?.filter })

/** One for each condition of the outermost group, with the address of the list without it. */
async function chipsOf(view: ListView, { reader }: Onlooker, known: boolean) {
  const words = await describeEach(view.filter, view.object, reader)
  return Promise.all(words.map(async (text, index) => ({ text, index, without: known ? await without(view, index) : undefined })))
}

async function without(view: ListView, index: number) {
  const left = { ...view.filter, of: view.filter.of.toSpliced(index, 1) }
  if (!left.of.length) return listAddress({ ...view, filterText: '', folderText: view.folderText && 'all' })
  return listAddress({ ...view, filterText: await addressOfFilter(left, view.object) })
}
