import { rows, sql } from '#core/database'
import { csvFor } from '#core/files'
import { objects, titles, type Reader } from '#core/objects'
import { type BulkRun } from './bulk_run.js'

const PAGE = 1000

/** Rows that were skipped, and why. */
export async function* skippedCsv({ id, object: name }: BulkRun, reader: Reader): AsyncGenerator<string, void> {
  const object = objects.get(name)
  const csv = csvFor(reader)
  yield csv.first([reader.t('core.fields.id'), reader.t('core.fields.name'), reader.t('bulk.reason')])
  for (let last = 0; ; ) {
    const page = await rows<{ id: number; reason: string }>(
      sql`select row_id as id, reason from bulk_rows
        where bulk_id = ${id} and outcome = 'skipped' and row_id > ${last} order by row_id limit ${PAGE}`
    )
    if (!page.length) return
    const called = new Map((await titles(object, page.map((one) => one.id), reader)).map((one) => [one.id, one.title]))
    yield csv.lines(page.map((one) => [one.id, called.get(one.id) ?? '', one.reason]))
    last = page.at(-1)!.id
  }
}
