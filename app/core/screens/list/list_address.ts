import { cursorText, type Cursor } from './cursor.js'
import { type ListView } from './list_view.js'

interface Step {
  sort?: string | null
  size?: number
  page?: number
  cursor?: Cursor
}

/** The address of the same list one step on; a change of the order or of the size begins at the first page. */
export function listAddress(view: ListView, step: Step = {}): string {
  const sort = step.sort === undefined ? view.sort : step.sort
  const words = { ...whatOf(view), sort, size: step.size ?? (view.sizeSaid ? view.size : undefined), page: step.page, at: cursorOf(step) }
  return withWords(`/${view.object.path}`, words)
}

/** Filter, folder and search: what decides which rows there are. */
export function whatOf({ filterText, folderText, search }: Pick<ListView, 'filterText' | 'folderText' | 'search'>) {
  return { filter: filterText || undefined, folder: folderText || undefined, search: search || undefined }
}

export function withWords(path: string, words: Record<string, unknown>) {
  const said = Object.entries(words).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const query = new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)]))
  return said.length ? `${path}?${query}` : path
}

const cursorOf = ({ cursor }: Step) => cursor && cursorText(cursor)
