import { type Transaction } from '#core/database'
import { edit, remove, type Actor, type ObjectDefinition, type Reader } from '#core/objects'
import { type BulkRun } from './bulk_run.js'

/** What is done with one row; false when there was nothing to do. Throws what a single edit throws. */
export type Deed = (id: number, trx: Transaction) => Promise<boolean>

/** By the rules of a single edit: verbs, checks, a row in the audit log that names the bulk run. */
export function deedOf(object: ObjectDefinition, { action, change }: Pick<BulkRun, 'action' | 'change'>, actor: Actor, reader: Reader): Deed {
  if (action === 'edit') return (id, trx) => edit(object, id, { [change!.field]: change!.value }, actor, trx)
  if (action === 'delete') {
    return async (id, trx) => {
      await remove(object, id, actor, trx)
      return true
    }
  }
  const own = object.bulk?.find(({ name }) => name === action)
  if (!own) throw new Error(`"${object.name}" has no bulk action "${action}"`)
  return async (id, trx) => (await own.run(id, { actor, reader, trx, value: change?.value })) ?? true
}
