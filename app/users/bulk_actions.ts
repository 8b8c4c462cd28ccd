import { row, sql } from '#core/database'
import { create, edit, objects, type BulkAction } from '#core/objects'

/** Nothing is sent to a blocked customer any more. */
export const block: BulkAction = {
  name: 'block',
  icon: 'lock',
  right: 'edit',
  async run(id, { actor, trx }) {
    const blocked = await row<{ id: number }>(sql`select id from user_statuses where code = 'blocked'`, trx)
    return edit(objects.get('user'), id, { status: blocked!.id }, actor, trx)
  },
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
