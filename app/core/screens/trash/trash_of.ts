import { identifier, rows, sql } from '#core/database'
import { DAYS_IN_TRASH, dateTime, deleted, show, table, type ObjectDefinition } from '#core/objects'
import { addressOf } from '../card/address_of.js'
import { type Onlooker } from '../table/cell.js'
import { rowsOf } from '../table/rows_of.js'

const SIZE = 50

/** A page of the trash, what was deleted last standing first. */
export async function trashOf(object: ObjectDefinition, page: number, onlooker: Onlooker) {
  const found = await rows<{ id: number; deletedAt: Date; daysLeft: number; staff: string | null }>(
    sql`select t.id, t.deleted_at as "deletedAt",
        greatest(0, ceil(${DAYS_IN_TRASH} - extract(epoch from now() - t.deleted_at) / 86400))::integer as "daysLeft",
        (select s.name from audit_log a join staff s on s.id = a.staff_id
          where a.object = ${object.name} and a.record_id = t.id and a.action = 'delete' order by a.id desc limit 1) as staff
      from ${identifier(object.table)} ${table} where ${deleted(object)}
      order by t.deleted_at desc, t.id desc limit ${SIZE + 1} offset ${(page - 1) * SIZE}`
  )
  const shown = found.slice(0, SIZE)
  const drawn = await rowsOf(object, object.columns, shown.map(({ id }) => id), onlooker, 'deleted')
  const address = `/${object.path}/trash`
  return {
    here: page > 1 ? `${address}?page=${page}` : address,
    rows: drawn.map(({ id, cells }) => ({ id, cells, ...told(shown.find((row) => row.id === id)!, object, onlooker) })),
    previous: page > 1 ? `${address}?page=${page - 1}` : undefined,
    next: found.length > SIZE ? `${address}?page=${page + 1}` : undefined,
  }
}

function told({ id, deletedAt, daysLeft, staff }: { id: number; deletedAt: Date; daysLeft: number; staff: string | null }, object: ObjectDefinition, { reader }: Onlooker) {
  return {
    when: show(dateTime(), deletedAt, reader),
    who: staff ?? '—',
    left: reader.t('trash.left', { days: daysLeft }),
    restore: `${addressOf(object, id)}/restoration`,
  }
}
