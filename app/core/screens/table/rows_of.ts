import { may } from '#core/access'
import { rows, sql, type Sql } from '#core/database'
import { columnOf, select, worded, type ObjectDefinition, type Values } from '#core/objects'
import { addressOf } from '../card/address_of.js'
import { cellsOf, type Cell, type Onlooker } from './cell.js'

export interface Row {
  id: number
  /** Address of the card, where there is one. */
  href?: string
  /** Address of the edit window of a small object (F5). */
  edit?: string
  /** Buttons that post and let the list load again. */
  buttons: { id: string; label: string; icon: string; post: string }[]
  cells: Cell[]
}

/** A column at the end holds them. */
export const hasButtons = ({ edit, buttons }: Row) => Boolean(edit || buttons.length)

/** Rows of an object by their ids, in the order of the ids, as a table shows them. */
export async function rowsOf(object: ObjectDefinition, columns: string[], ids: number[], onlooker: Onlooker, of: 'existing' | 'deleted' = 'existing'): Promise<Row[]> {
  if (!ids.length) return []
  const found = await rows<Values & { id: number }>(select(object, { reader: onlooker.reader, columns, where: among(ids), deleted: of === 'deleted' }))
  const byId = new Map(found.map((values) => [values.id, values]))
  return drawRows(object, columns, ids.filter((id) => byId.has(id)).map((id) => byId.get(id)!), onlooker)
}

/** Rows that were read already, as a table shows them. */
export function drawRows(object: ObjectDefinition, columns: string[], found: (Values & { id: number })[], onlooker: Onlooker): Row[] {
  const opens = object.path && !object.small && may(onlooker.staff, 'read', object.name)
  const edits = object.small && may(onlooker.staff, 'edit', object.name)
  const drawn = columns.map((name) => ({ name, far: name.includes('.'), cell: cellsOf(columnOf(object, name), onlooker) }))
  const buttons = buttonsOf(object, onlooker)

  return found.map((values) => {
    const address = addressOf(object, values.id)
    return {
      id: values.id,
      href: opens ? `/${object.path}/${values.id}` : undefined,
      edit: edits ? `${address}/edit` : undefined,
      buttons: buttons(values.id),
      cells: drawn.map(({ name, far, cell }) => cell(values[name], far ? undefined : address)),
    }
  })
}

function buttonsOf(object: ObjectDefinition, { reader, staff }: Onlooker) {
  const offered = object.rowButtons
    .filter(({ right }) => may(staff, right, object.name))
    .map((button) => ({ ...button, label: worded(reader, `${object.name}.buttons.${button.name}`, `core.buttons.${button.name}`) ?? button.name }))

  return (id: number): Row['buttons'] =>
    offered.map(({ name, icon, label, post }) => ({ id: `${object.name}-${id}-${name}`, label, icon, post: post(id) }))
}

const among = (ids: number[]): Sql => sql`t.id = any(${ids})`
