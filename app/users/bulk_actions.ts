import { row, sql, type Transaction } from '#core/database'
import { create, eachRow, InvalidFields, objects, type BulkAction } from '#core/objects'
import { putLabels, takeLabels } from './labels/set_labels.js'
import { lockPeople } from './merge/lock_person.js'
import { block, markAsFraud, unblock } from './standing/block.js'

/** Nothing is sent to a blocked customer and nothing is done for them any more. */
export const blockMany: BulkAction = {
  name: 'block',
  icon: 'lock',
  right: 'edit',
  run: eachRow((id, { actor, trx }) => block(id, {}, actor, trx)),
}

export const unblockMany: BulkAction = {
  name: 'unblock',
  icon: 'check',
  right: 'edit',
  run: eachRow((id, { actor, trx }) => unblock(id, actor, trx)),
}

export const markManyAsFraud: BulkAction = {
  name: 'markAsFraud',
  icon: 'alert',
  right: 'edit',
  run: eachRow((id, { actor, trx }) => markAsFraud(id, null, actor, trx)),
}

/** One label on all of them, or off: by the statements of one. */
function labelling(action: Pick<BulkAction, 'name' | 'icon'>, right: 'create' | 'delete', write: typeof putLabels): BulkAction {
  return {
    ...action,
    right: 'edit',
    also: { right, object: 'user_label' },
    asks: { object: 'user_label', field: 'label' },
    async run(ids, { actor, trx, value }) {
      const people = await lockPeople(ids, trx)
      const label = await labelThere(value, trx)
      return write(sql`select user_id, ${label}::bigint as label_id from unnest(${people}::bigint[]) as user_id`, { source: 'back_office', actor }, trx)
    },
  }
}

export const labelMany = labelling({ name: 'label', icon: 'tag' }, 'create', putLabels)
export const unlabelMany = labelling({ name: 'unlabel', icon: 'minus' }, 'delete', takeLabels)

/** Throws `InvalidFields`. */
async function labelThere(label: unknown, trx: Transaction): Promise<number> {
  const found = await row<{ id: number }>(sql`select id from labels where id = ${label} and deleted_at is null for key share`, trx)
  if (!found) throw InvalidFields.at('label', 'reference')
  return found.id
}

/** The address itself, whoever it belongs to some day. */
export const toStopList: BulkAction = {
  name: 'toStopList',
  icon: 'minus',
  right: 'edit',
  also: { right: 'create', object: 'stop_list_entry' },
  run: eachRow(async (id, { actor, trx }) => {
    const address = (await row<{ type: string; value: string }>(sql`select type, value from user_identifiers where id = ${id}`, trx))!
    const listed = await row(sql`select from stop_list where type = ${address.type} and value = ${address.value}`, trx)
    if (listed) return false
    await create(objects.get('stop_list_entry'), { ...address, reason: null }, actor, trx)
    return true
  }),
}
