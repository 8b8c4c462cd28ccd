import { may } from '#core/access'
import { rows, sql, type Sql } from '#core/database'
import { columnOf, select, worded, type ObjectDefinition, type Values } from '#core/objects'
import { addressOf } from '../card/address_of.js'
import { cellOf, type Cell, type Onlooker } from './cell.js'

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
  const fields = columns.map((name) => ({ name, field: columnOf(object, name) }))

  return found.map((values) => {
    const address = addressOf(object, values.id)
    return {
      id: values.id,
      href: opens ? `/${object.path}/${values.id}` : undefined,
      edit: edits ? `${address}/edit` : undefined,
      buttons: buttonsOf(object, values.id, onlooker),
      cells: fields.map(({ name, field }) => cellOf(field, values[name], onlooker, name.includes('.') ? undefined : address)),
    }
  })
}

function buttonsOf(object: ObjectDefinition, id: number, { reader, staff }: Onlooker) {
  return object.rowButtons
    .filter(({ right }) => may(staff, right, object.name))
    .map(({ name, icon, post }) => ({
      id: `${object.name}-${id}-${name}`,
      label: worded(reader, `${object.name}.buttons.${name}`, `core.buttons.${name}`) ?? name,
      icon,
      post: post(id),
    }))
}

const among = (ids: number[]): Sql => sql`t.id = any(${ids})`
