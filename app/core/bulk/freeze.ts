import { execute, row, sql, transaction } from '#core/database'
import { objects, type Reader } from '#core/objects'
import { type BulkRun } from './bulk_run.js'
import { selectedIds } from './selected.js'

/**
 * Writes down which rows are meant, by one statement and once: a run that starts again goes on with the same rows, and what the action
 * changes does not move others into the selection or out of it. Answers how many they are.
 */
export async function freeze({ id, object: name, selection }: BulkRun, reader: Reader): Promise<number> {
  return transaction(async (trx) => {
    const before = await row<{ total: number | null }>(
      sql`select case when frozen_at is null then null else total end as total from bulk_runs where id = ${id} for update`,
      trx
    )
    if (before!.total !== null) return before!.total
    const total = await execute(
      sql`insert into bulk_rows (bulk_id, row_id) select ${id}, chosen.id from (${selectedIds(objects.get(name), selection, reader)}) chosen`,
      trx
    )
    await execute(sql`update bulk_runs set frozen_at = now(), total = ${total} where id = ${id}`, trx)
    return total
  })
}
