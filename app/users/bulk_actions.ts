import { row, sql, type Transaction } from '#core/database'
import { create, objects, remove, type BulkAction } from '#core/objects'
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

const whichLabel = { object: 'user_label', field: 'label' }

export const labelMany: BulkAction = {
  name: 'label',
  icon: 'tag',
  right: 'edit',
  also: { right: 'create', object: 'user_label' },
  asks: whichLabel,
  async run(user, { actor, trx, value }) {
    if (await labelOf(user, value, trx)) return false
    await create(objects.get('user_label'), { user, label: value }, actor, trx)
    return true
  },
}

export const unlabelMany: BulkAction = {
  name: 'unlabel',
  icon: 'minus',
  right: 'edit',
  also: { right: 'delete', object: 'user_label' },
  asks: whichLabel,
  async run(user, { actor, trx, value }) {
    const labelled = await labelOf(user, value, trx)
    if (labelled) await remove(objects.get('user_label'), labelled.id, actor, trx)
    return Boolean(labelled)
  },
}

const labelOf = (user: number, label: unknown, trx: Transaction) =>
  row<{ id: number }>(sql`select id from user_labels where user_id = ${user} and label_id = ${label}`, trx)

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
