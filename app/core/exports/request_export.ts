import { execute, row, sql, transaction } from '#core/database'
import { describe } from '#core/filters'
import { InvalidFields, type Actor, type ObjectDefinition, type Reader } from '#core/objects'
import { holdsPersonal, knownColumns, type ExportView } from './export_view.js'
import { rowSources } from './row_source.js'
import { exportJob } from './write_export_job.js'

interface ExportRequest {
  view: ExportView
  /** Why personal data leave the house; asked only where there are any. */
  reason: string
}

/** Lets a worker write the file and answers the id of the export. Throws `InvalidFields`. */
export async function requestExport(object: ObjectDefinition, { view, reason }: ExportRequest, reader: Reader, actor: Actor) {
  const known = { ...view, columns: knownColumns(object, view.columns, reader) }
  if (!known.columns.length) throw InvalidFields.at('columns', 'required')
  const personal = holdsPersonal(object, known.columns, reader)
  if (personal && !reason) throw InvalidFields.at('reason', 'required')
  if (reason.length > 500) throw InvalidFields.at('reason', 'tooLong', { max: 500 })

  const words = await rowsInWords(object, known, reader)
  return transaction(async (trx) => {
    const made = await row<{ id: number }>(
      sql`insert into exports (staff_id, object, view, words, reason, personal)
        values (${actor.staffId}, ${object.name}, ${JSON.stringify(known)}::jsonb, ${words}, ${reason || null}, ${personal})
        returning id`,
      trx
    )
    const title = `${reader.t(`${object.name}.many`)}.${view.format}`
    const runId = await exportJob.start({ exportId: made!.id }, { actor, trx, title })
    await execute(sql`update exports set run_id = ${runId} where id = ${made!.id}`, trx)
    return made!.id
  })
}

/** For the list of exports and the audit log, in words that the person may know. */
export async function rowsInWords(object: ObjectDefinition, { filter, search, among }: Pick<ExportView, 'filter' | 'search' | 'among'>, reader: Reader) {
  if (among) return rowSources.get(among.source).describe(among.of, reader)
  const filtered = await describe(filter, object, reader)
  return search ? `${filtered}; ${reader.t('exports.searched', { search })}` : filtered
}
