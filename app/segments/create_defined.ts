import { type Transaction } from '#core/database'
import { type Group } from '#core/filters'
import { create, type Actor, type Values } from '#core/objects'
import { define } from './define.js'
import { segmentObject } from './segment_object.js'

/** Makes a segment of the rows that answer a filter; it has nobody until it is recounted. Throws `InvalidFields`. */
export async function createDefined(values: Values, filter: Group, actor: Actor, trx: Transaction): Promise<number> {
  const id = await create(segmentObject, values, actor, trx)
  await define(id, { filter, columns: [] }, actor, trx)
  return id
}
