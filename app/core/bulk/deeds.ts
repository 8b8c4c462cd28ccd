import { type Transaction } from '#core/database'
import { eachRow, edit, editAll, remove, writesTogether, type Actor, type BulkAction, type ObjectDefinition, type Reader, type Values } from '#core/objects'
import { type BulkRun } from './bulk_run.js'

/** What is done with rows; answers those where there was something to do. Throws what a single edit throws, and then none is done. */
export type Deed = (ids: number[], trx: Transaction) => Promise<number[]>

/** By the rules of a single edit: verbs, checks, a row in the audit log that names the bulk run. */
export function deedOf(object: ObjectDefinition, { action, change }: Pick<BulkRun, 'action' | 'change'>, actor: Actor, reader: Reader): Deed {
  const run = change && action === 'edit' ? changing(object, { [change.field]: change.value }) : workOf(object, action)
  return (ids, trx) => run(ids, { actor, reader, trx, value: change?.value })
}

function changing(object: ObjectDefinition, values: Values): BulkAction['run'] {
  if (!writesTogether(object)) return eachRow((id, { actor, trx }) => edit(object, id, values, actor, trx))
  return async (ids, { actor, trx }) => [...(await editAll(object, ids.map((id) => ({ id, values })), actor, trx))]
}

function workOf(object: ObjectDefinition, action: string): BulkAction['run'] {
  if (action === 'delete') return eachRow((id, { actor, trx }) => remove(object, id, actor, trx))
  const own = object.bulk?.find(({ name }) => name === action)
  if (!own) throw new Error(`"${object.name}" has no bulk action "${action}"`)
  return own.run
}
