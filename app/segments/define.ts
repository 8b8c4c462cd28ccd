import { recordChange } from '#core/audit'
import { execute, sql, type Transaction } from '#core/database'
import { filterFrom } from '#core/filters'
import { objects, type Actor } from '#core/objects'
import { segmentOf } from './segment.js'

/**
 * Says anew who is in a segment and which columns its file holds. The members change at the next recount. Throws
 * `InvalidFilter`, and `UnknownName` for a column that the object has not.
 */
export async function define(id: number, filter: string, columns: string[], actor: Actor, trx: Transaction) {
  const before = await segmentOf(id, trx)
  const object = objects.get(before.object)
  const after = { filter: filterFrom(filter, object), columns: columns.map((name) => objects.field(object, name).name) }

  await execute(
    sql`update segments set filter = ${JSON.stringify(after.filter)}::jsonb, columns = ${after.columns}, updated_at = now()
      where id = ${id}`,
    trx
  )
  await recordChange(
    { actor, action: 'edit', object: 'segment', id, before: { filter: before.filter, columns: before.columns }, after },
    trx
  )
}
