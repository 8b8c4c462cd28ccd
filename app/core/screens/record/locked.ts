import { execute, identifier, sql, type Transaction } from '#core/database'
import { find } from '#core/objects'
import { type Write } from './unseen_changes.js'

/** The row as it stands until this write is over: of two who press Save at once, the second sees what the first wrote. */
export async function locked({ object, values, reader }: Pick<Write, 'object' | 'values' | 'reader'>, trx: Transaction) {
  await execute(sql`select from ${identifier(object.table)} t where t.id = ${values.id} for no key update`, trx)
  return (await find(object, values.id, reader, undefined, trx)) ?? values
}
