import { row, sql } from '#core/database'
import { create, objects, type BulkAction } from '#core/objects'
import { block, markAsFraud, unblock } from './standing/block.js'

/** Nothing is sent to a blocked customer and nothing is done for them any more. */
export const blockMany: BulkAction = {
  name: 'block',
  icon: 'lock',
  right: 'edit',
  run: (id, { actor, trx }) => block(id, {}, actor, trx),
}

export const unblockMany: BulkAction = {
  name: 'unblock',
  icon: 'check',
  right: 'edit',
  run: (id, { actor, trx }) => unblock(id, actor, trx),
}

export const markManyAsFraud: BulkAction = {
  name: 'markAsFraud',
  icon: 'alert',
  right: 'edit',
  run: (id, { actor, trx }) => markAsFraud(id, null, actor, trx),
}

/** The address itself, whoever it belongs to some day. */
export const toStopList: BulkAction = {
  name: 'toStopList',
  icon: 'minus',
  right: 'edit',
  also: { right: 'create', object: 'stop_list_entry' },
  async run(id, { actor, trx }) {
    const address = (await row<{ type: string; value: string }>(sql`select type, value from user_identifiers where id = ${id}`, trx))!
    const listed = await row(sql`select from stop_list where type = ${address.type} and value = ${address.value}`, trx)
    if (listed) return false
    await create(objects.get('stop_list_entry'), { ...address, reason: null }, actor, trx)
    return true
  },
}
