import { administers, type RightsHolder } from '#core/access'
import { recordChange } from '#core/audit'
import { execute, row, rows, sql, transaction } from '#core/database'
import { type Actor, type ObjectDefinition } from '#core/objects'
import { type Folder } from './folder.js'

const columns = sql`id, name, filter::text as filter, shared, staff_id as "staffId"`

/** Folders of a section that a person sees: their own and the shared ones. */
export async function foldersOf(object: ObjectDefinition, staffId: number): Promise<Folder[]> {
  return rows<Folder>(
    sql`select ${columns} from folders
      where object = ${object.name} and (shared or staff_id = ${staffId})
      order by name, id limit 500`
  )
}

/** The folder that an address names, if the person sees it. */
export async function folderOf(object: ObjectDefinition, id: string, staffId: number): Promise<Folder | undefined> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return undefined
  return row<Folder>(
    sql`select ${columns} from folders
      where id = ${Number(id)} and object = ${object.name} and (shared or staff_id = ${staffId})`
  )
}

/** A folder of any section, if the person sees it. */
export async function folderById(id: number, staffId: number) {
  return row<Folder & { object: string }>(
    sql`select ${columns}, object from folders where id = ${id} and (shared or staff_id = ${staffId})`
  )
}

/** A folder that the person may change: their own, or for an administrator a shared one. */
export async function ownFolder(id: number, staff: RightsHolder & { id: number }) {
  return row<Folder & { object: string }>(
    sql`select ${columns}, object from folders
      where id = ${id} and (staff_id = ${staff.id} or (shared and ${administers(staff)}))`
  )
}

/** The rows that it listed stay where they are. */
export async function removeFolder(id: number, actor: Actor) {
  await transaction(async (trx) => {
    await execute(sql`delete from folders where id = ${id}`, trx)
    await recordChange({ actor, action: 'delete', object: 'folder', id }, trx)
  })
}
