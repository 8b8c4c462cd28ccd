import { may, onBehalfOf } from '#core/access'
import { recordChange } from '#core/audit'
import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { removeFile, store } from '#core/files'
import { mayAsk } from '#core/filters'
import { defineJob, type Run } from '#core/jobs'
import { labelOfColumn, nameOf, objects } from '#core/objects'
import { type Exported, type Written } from './exported.js'
import { knownColumns, type ExportView } from './export_view.js'
import { rowSources } from './row_source.js'
import { writeCsv } from './write_csv.js'
import { writeXlsx } from './write_xlsx.js'

/** Files are kept so long, and then there is only the row that tells of them. */
export const KEPT_DAYS = 7

interface Asked {
  id: number
  staffId: number
  object: string
  view: ExportView
  words: string
  reason: string | null
}

const kinds: Record<ExportView['format'], { write: (exported: Exported) => Written; contentType: string }> = {
  csv: { write: writeCsv, contentType: 'text/csv; charset=utf-8' },
  xlsx: { write: (exported) => writeXlsx(exported), contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
}

/**
 * Writes the file of a list. It is given away in the transaction that writes the audit log, so there is none that nobody knows of; a
 * run that starts again writes it anew. The rights are those that the person has now.
 */
export const exportJob = defineJob<{ exportId: number }>({
  name: 'exports.write',
  concurrency: 2,
  async run(run, { exportId }) {
    const asked = await begin(exportId)
    if (!asked) return
    const person = await onBehalfOf(asked.staffId)
    if (!person || !(await stillMay(person, asked))) return refuse(asked, run)
    await write(asked, person, run)
  },
  async abandoned({ exportId }, outcome, trx) {
    await execute(sql`update exports set state = ${outcome}, updated_at = now() where id = ${exportId} and state <> 'done'`, trx)
  },
})

async function begin(id: number) {
  return row<Asked>(
    sql`update exports set state = 'running', updated_at = now() where id = ${id} and state <> 'done'
      returning id, staff_id as "staffId", object, view, words, reason`
  )
}

type Person = NonNullable<Awaited<ReturnType<typeof onBehalfOf>>>

/** Rights may have changed since they asked: to take the rows out, to know by what they are found, to see any of the columns. */
async function stillMay(person: Person, { object, view }: Asked) {
  if (!objects.has(object) || !may(person.staff, 'export', object)) return false
  const needs = view.among && rowSources.get(view.among.source).needs
  if (needs && !may(person.staff, needs.right, needs.object)) return false
  const known = knownColumns(objects.get(object), view.columns, person.reader)
  return known.length > 0 && mayAsk(person, { ...view, object: objects.get(object) })
}

/** Trying again would not give them the right. */
async function refuse({ id }: Asked, run: Run) {
  await execute(sql`update exports set state = 'failed', updated_at = now() where id = ${id}`)
  await run.log('Who asked for it may not export any more')
}

async function write(asked: Asked, { reader }: Person, run: Run) {
  const object = objects.get(asked.object)
  const view = { ...asked.view, columns: knownColumns(object, asked.view.columns, reader) }
  const { write: writer, contentType } = kinds[view.format]
  const onRows = async (done: number, total: number) => {
    run.signal.throwIfAborted()
    await run.progress(done, total)
  }
  const { chunks, rows } = writer({ object, view, reader, onRows })
  const name = `${nameOf(object, 'many', reader)}.${view.format}`
  const fileId = await store(chunks, { name, contentType, staffId: asked.staffId })

  await run.progress(rows(), rows())
  await run.result({ rows: rows() })
  const columns = view.columns.map((column) => labelOfColumn(object, column, reader)).join(', ')
  const told = { filter: asked.words, columns, rows: rows(), format: view.format, reason: asked.reason }
  const kept = await transaction((trx) => giveAway(asked, fileId, rows(), told, trx))
  if (!kept) await removeFile(fileId)
}

async function giveAway({ id, staffId, object }: Asked, fileId: number, rows: number, told: Record<string, unknown>, trx: Transaction) {
  const given = await execute(
    sql`update exports set state = 'done', file_id = ${fileId}, rows = ${rows}, updated_at = now(),
        expires_at = now() + ${KEPT_DAYS} * interval '1 day'
      where id = ${id} and state = 'running'`,
    trx
  )
  if (given) await recordChange({ actor: { staffId, trace: `export ${id}` }, action: 'export', object, id: null, after: told }, trx)
  return given > 0
}
