import { type Staff } from '#core/access'
import { type Reader } from '#core/objects'
import { type Found, type FoundGroup } from './found.js'
import { findActions } from './find_actions.js'
import { findPages } from './find_pages.js'
import { findRecords, recentLines } from './find_records.js'
import { recentOf } from './recent.js'

const LONGEST = 200
const RECENT = 7
const MOST_PAGES = 6
const MOST_ACTIONS = 6

/** What the person may mean: records, pages and actions; before anything is typed, what they opened last. */
export async function search(asked: unknown, staff: Staff, reader: Reader) {
  const typed = typedIn(asked)
  const records = typed ? await findRecords(typed, staff, reader) : [await recent(staff, reader)]
  const pages = typed ? findPages(typed, staff, reader).slice(0, MOST_PAGES) : []
  const actions = findActions(typed, staff, reader).slice(0, MOST_ACTIONS)
  const groups = [...records, group('pages', pages, reader), group('actions', actions, reader)]
  return { typed, groups: numbered(groups.filter(({ lines }) => lines.length)) }
}

/** PostgreSQL knows no NUL, and half a character is no character. */
function typedIn(asked: unknown): string {
  const text = typeof asked === 'string' ? asked : ''
  // eslint-disable-next-line no-control-regex
  return text.toWellFormed().normalize('NFC').replace(/[\u0000-\u001f\u007f]/g, ' ').trim().slice(0, LONGEST)
}

async function recent(staff: Staff, reader: Reader): Promise<FoundGroup> {
  const visits = await recentOf(staff.id, RECENT)
  return group('recent', await recentLines(visits, staff, reader), reader)
}

const group = (name: string, lines: Found[], { t }: Reader): FoundGroup => ({ name, label: t(`search.${name}`), lines })

/** Every line has an id of its own, by which the field says which one is meant. */
function numbered(groups: FoundGroup[]) {
  let number = 0
  return groups.map((one) => ({ ...one, lines: one.lines.map((line) => ({ ...line, id: `found-${number++}` })) }))
}
