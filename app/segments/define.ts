import { recordChange } from '#core/audit'
import { execute, sql, type Transaction } from '#core/database'
import { parseFilter, type Group } from '#core/filters'
import { objects, plain, type Actor } from '#core/objects'
import { segmentOf } from './segment.js'

export interface Definition {
  filter: Group
  /** Fields that the CSV holds besides the id. */
  columns: string[]
}

/**
 * Says anew who is in a segment and which columns its file holds. The members change at the next recount. Throws
 * `InvalidFilter`, and `UnknownName` for a column that the object has not.
 */
export async function define(id: number, { filter, columns }: Definition, actor: Actor, trx: Transaction) {
  const before = await segmentOf(id, trx)
  const object = objects.get(before.object)
  const after = { filter: parseFilter(filter, object, plain), columns: columns.map((name) => objects.field(object, name).name) }

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
