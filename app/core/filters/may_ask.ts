import { row, sql } from '#core/database'
import { searchable, type ObjectDefinition, type Reader } from '#core/objects'
import { type Group } from './ast.js'
import { knownTo } from './known_to.js'

interface Asked {
  object: ObjectDefinition
  filter: Group
  search: string
}

interface Person {
  staff: { id: number }
  reader: Reader
}

/**
 * Whether somebody may have rows found so as things are now: what was written down yesterday may ask for what they may not see today.
 * A folder that they see may ask for more than they, in a list as in a job (F14).
 */
export async function mayAsk({ staff, reader }: Person, { object, filter, search }: Asked): Promise<boolean> {
  if (!reader.reads(object.name) || (search && !searchable(object, reader))) return false
  return knownTo(reader, filter, object) || inFolderOf(staff, object, filter)
}

async function inFolderOf(staff: { id: number }, { name }: ObjectDefinition, filter: Group) {
  const folder = await row(
    sql`select 1 from folders where object = ${name} and filter = ${JSON.stringify(filter)}::jsonb and (shared or staff_id = ${staff.id})`
  )
  return folder !== undefined
}
