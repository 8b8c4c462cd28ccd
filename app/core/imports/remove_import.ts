import { execute, row, sql, type Transaction } from '#core/database'
import { DomainError } from '#core/objects'
import { tablesOf } from './apply/plan.js'

class ImportRunning extends DomainError {
  readonly code = 'importRunning'
}

/** Deletes an import with its files; the rows that it wrote stay. Throws `ImportRunning`. */
export async function removeImport(id: number, trx: Transaction) {
  const found = await row<{ state: string; files: number[] }>(
    sql`select state, array_remove(array[file_id, reject_file_id], null) as files from imports where id = ${id} for update`,
    trx
  )
  if (found?.state === 'running') throw new ImportRunning()
  const { stage, repeats } = tablesOf(id)
  await execute(sql`drop table if exists ${stage}, ${repeats}`, trx)
  await execute(sql`delete from imports where id = ${id}`, trx)
  await execute(sql`delete from files where id = any(${found?.files ?? []})`, trx)
}
