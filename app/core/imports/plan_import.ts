import { row, sql, type Transaction } from '#core/database'
import { findFile, read } from '#core/files'
import { type Actor, type ObjectDefinition, type Reader } from '#core/objects'
import { detect, preview, sampleOf, type Dialect } from './csv/detect.js'
import { guessMapping } from './mapping/guess_mapping.js'
import { type Settings } from './settings.js'

/** The beginning of a stored file, detected where nothing is said of it. */
export async function look(fileId: number, known: Partial<Dialect> = {}, rows = 5) {
  const sample = await sampleOf(read(fileId))
  const dialect = detect(sample, known)
  return { dialect, excel: isExcel(sample), ...preview(sample, dialect, rows) }
}

/** A zip (xlsx) or the older binary of Excel: a table, but not a CSV. */
function isExcel(sample: Buffer) {
  return ['504b0304', 'd0cf11e0'].includes(sample.subarray(0, 4).toString('hex'))
}

/** A draft of an import of this file, mapped as far as names tell. Answers its id. */
export async function planImport(
  object: ObjectDefinition,
  fileId: number,
  reader: Reader,
  actor: Actor,
  known: Partial<Settings> = {},
  trx?: Transaction
): Promise<number> {
  const file = await findFile(fileId)
  const { dialect, columns } = await look(fileId, known)
  const { locale, timezone, currency } = reader
  const settings: Settings = { ...guessMapping(object, columns), ...dialect, columns, locale, timezone, currency, ...known }
  const made = await row<{ id: number }>(
    sql`insert into imports (name, object, file_id, settings, staff_id)
      values (${file!.name}, ${object.name}, ${fileId}, ${JSON.stringify(settings)}::jsonb, ${actor.staffId})
      returning id`,
    trx
  )
  return made!.id
}
