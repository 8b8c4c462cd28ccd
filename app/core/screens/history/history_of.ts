import { may } from '#core/access'
import { rows, sql } from '#core/database'
import { labelled, tellChanges, type Changes } from '#core/history'
import { dateTime, find, show, worded, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { addressOf } from '../card/address_of.js'
import { writable } from '../card/draw_card.js'
import { seenOf } from '../record/unseen_changes.js'
import { type Onlooker } from '../table/cell.js'

const SIZE = 15

export interface Entry {
  id: number
  action: string
  createdAt: Date
  staff: string | null
  changes: Changes
}

/** A page of what was done with a row, the latest first; `before` is the id of the entry after which older ones follow. */
export async function historyOf(object: ObjectDefinition, id: number, onlooker: Onlooker, before?: number) {
  const { reader, staff } = onlooker
  const found = await entriesOf(object, id, may(staff, 'read', 'audit_entry'), before)
  const values = await find(object, id, reader)
  const address = `${addressOf(object, id)}/history`
  const shown = found.slice(0, SIZE)
  return {
    address,
    here: before ? `${address}?before=${before}` : address,
    entries: await Promise.all(shown.map((entry) => drawn(entry, { object, id, values, onlooker }))),
    older: found.length > SIZE ? `${address}?before=${shown.at(-1)!.id}` : undefined,
    latest: before ? address : undefined,
  }
}

/** Who looked at personal data is told to those who read the audit log. */
function entriesOf(object: ObjectDefinition, id: number, withLooks: boolean, before?: number): Promise<Entry[]> {
  return rows<Entry>(
    sql`select a.id, a.action, a.created_at as "createdAt", s.name as staff, a.changes
      from audit_log a left join staff s on s.id = a.staff_id
      where a.object = ${object.name} and a.record_id = ${id} and a.id < ${before ?? Number.MAX_SAFE_INTEGER}
        and (${withLooks} or a.action not in ('reveal', 'revealRefused'))
      order by a.id desc limit ${SIZE + 1}`
  )
}

interface Place {
  object: ObjectDefinition
  id: number
  values?: Values
  onlooker: Onlooker
}

async function drawn(entry: Entry, { object, id, values, onlooker }: Place) {
  const { reader } = onlooker
  const names = values ? revertible(object, entry, onlooker) : []
  const parts = values ? partsOf(object, entry, onlooker) : []
  return {
    id: entry.id,
    when: show(dateTime(), entry.createdAt, reader),
    who: entry.staff ?? reader.t('history.nobody'),
    action: actionIn(object, entry.action, reader),
    changes: await tellChanges(object.name, id, entry.changes, reader),
    revert: names.length + parts.length ? `${addressOf(object, id)}/history/${entry.id}/reversal` : undefined,
    /** What the row holds now, so that a change made meanwhile is not written over. */
    seen: names.length ? seenOf(object, names, values!, reader) : [],
    fields: [...names, ...parts].map((name) => labelled(object.name, name, reader)).join(', '),
  }
}

function actionIn(object: ObjectDefinition, action: string, reader: Reader) {
  const own = action.includes('.') ? [action.replace('.', '.buttons.')] : []
  return worded(reader, `audit_entry.actions.${action}`, `${object.name}.actions.${action.split('.').at(-1)}`, ...own) ?? action
}

/** Fields of a change whose old values this person may write back. */
export function revertible(object: ObjectDefinition, { action, changes }: Pick<Entry, 'action' | 'changes'>, { reader, staff }: Onlooker): string[] {
  if (action !== 'edit' || !changes.before || !may(staff, 'edit', object.name)) return []
  return Object.keys(changes.before).filter((name) => {
    const field = object.fields.get(name)
    return field && !field.secret && writable(field, reader)
  })
}

/** What a change holds beside fields, where this person may have it written back. */
export function partsOf(object: ObjectDefinition, { changes }: Pick<Entry, 'changes'>, { staff }: Onlooker): string[] {
  const { history } = object
  if (!history || !changes.before || !may(staff, history.right, object.name)) return []
  const known = history.names()
  return Object.keys(changes.before).filter((name) => known.includes(name))
}
