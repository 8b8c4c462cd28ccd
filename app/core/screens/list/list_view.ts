import { type Group } from '#core/filters'
import { plain, searchable, sortable, sortFor, type ObjectDefinition } from '#core/objects'
import { shownColumns } from '../columns/shown_columns.js'
import { placeIn, type Cursor } from './cursor.js'
import { filterSaid } from './filter_said.js'
import { listSettings, type FilterPreferences } from './list_settings.js'
import { type Folder } from '../folders/folder.js'
import { folderOf } from '../folders/folders.js'
import { type Onlooker } from '../table/cell.js'

/** Rows on a page (F4). */
export const sizes = [20, 50, 100]

/** What an address asks of a section: all of a list that can be sent to a colleague. */
export interface ListView {
  object: ObjectDefinition
  filter: Group
  /** `?filter=` as it came. */
  filterText: string
  /** The folder that was opened; with a filter beside it, the folder from which that filter began. */
  folder?: Folder
  /** What an address says of it: its id, or `all` for no folder where the section opens with one. */
  folderText: string
  search: string
  /** `field` or `-field`; absent: the object's own order. */
  sort?: string
  size: number
  /** The address itself says the size, whatever the person prefers. */
  sizeSaid: boolean
  page: number
  cursor?: Cursor
  /** What could not be read, to be told; the list stands without it. */
  problems: Problem[]
  /** The filter could not be read: no row is shown as if it met it. */
  refused: boolean
  /** What the list shows, in its order, as the person likes it. */
  columns: string[]
  /** Lines stand closer together. */
  dense: boolean
  /** How the person likes its filter and folders. */
  liked: FilterPreferences
}

export interface Problem {
  /** The words are `core.problems.<code>`. */
  code: string
  value: string
}

/** Reads an address. Whatever is wrong in it becomes a sentence, never a failure. */
export async function listView(object: ObjectDefinition, query: Record<string, unknown>, { reader, staff }: Onlooker) {
  const said = new Said(query)
  const settings = await listSettings(object, staff.id)
  const filtered = await filterOf(object, said, settings, { reader, staff })
  const sort = said.known<string | undefined>('sort', undefined, (text) => (sortable(object, text, reader) ? text : undefined))
  const place = await placeIn(object, sortFor(object, sort, reader), said.text('at'))
  const view: ListView = {
    object,
    ...filtered,
    columns: shownColumns(object, settings.columns, staff),
    dense: settings.dense ?? false,
    liked: settings,
    search: said.known('search', '', (text) => (searchable(object, reader) ? text.trim().slice(0, 200) : undefined), object.search && 'searchHidden'),
    sort,
    size: said.known('size', settings.size ?? sizes[0], (text) => sizes.find((size) => String(size) === text)),
    sizeSaid: said.text('size') !== '',
    page: said.known('page', 1, (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined)),
    cursor: said.known('at', undefined, () => place),
    problems: said.problems,
  }
  return view
}

/** A folder is a filter that somebody made for others to use: it works also where it asks for what its reader may not see. */
async function filterOf(object: ObjectDefinition, said: Said, liked: FilterPreferences, { reader, staff }: Onlooker) {
  const filterText = said.text('filter')
  const folder = await folderOf(object, folderSaid(said, liked), staff.id)
  const folderText = folder ? String(folder.id) : said.text('folder') === 'all' ? 'all' : ''
  const { filter, problem } = folder && !filterText
    ? await filterSaid(folder.filter, object, plain)
    : await filterSaid(filterText, object, reader)
  if (problem) said.problems.push({ code: problem, value: '' })
  return { filter, filterText, folder, folderText, refused: Boolean(problem) }
}

/** An address that says nothing of what to show opens the person's default folder. */
function folderSaid(said: Said, { defaultFolder }: FilterPreferences) {
  if (said.text('folder') || said.text('filter') || said.text('search')) return said.text('folder')
  return String(defaultFolder ?? '')
}

/** The words of an address, each once. */
class Said {
  problems: Problem[] = []

  constructor(readonly query: Record<string, unknown>) {}

  text(name: string): string {
    const value = this.query[name]
    return typeof value === 'string' ? value : ''
  }

  /** What `read` makes of it, or what holds when nothing is said; what cannot be read is told. */
  known<Value>(name: string, otherwise: Value, read: (text: string) => Value | undefined, code = name): Value {
    const text = this.text(name)
    if (text === '' && this.query[name] === undefined) return otherwise
    if (text === '' && typeof this.query[name] === 'string') return otherwise
    const value = read(text)
    if (value !== undefined) return value
    this.problems.push({ code, value: text.slice(0, 60) })
    return otherwise
  }
}
