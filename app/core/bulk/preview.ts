import { row, rows, sql, within } from '#core/database'
import { DomainError, select, titles, type ObjectDefinition, type Reader } from '#core/objects'
import { type Selection } from './bulk_run.js'
import { selectedBy, selectedIds } from './selected.js'

const SAMPLES = 3
const PATIENT_MS = 20_000

/** Nobody should change rows whose number nobody can tell. */
class TooSlowToCount extends DomainError {
  readonly code = 'tooSlowToCount'
}

/** How many rows an action would meet, exactly, and how the first of them are called. */
export async function preview(object: ObjectDefinition, selection: Selection, reader: Reader) {
  const counted = await within(PATIENT_MS, (trx) =>
    row<{ count: number }>(sql`select count(*) as count from (${selectedIds(object, selection, reader)}) chosen`, trx)
  )
  if (!counted) throw new TooSlowToCount()
  const first = await rows<{ id: number }>(
    select(object, { reader, columns: [], where: selectedBy(object, selection, reader), sort: 'id', limit: SAMPLES })
  )
  const called = await titles(object, first.map(({ id }) => id), reader)
  return { count: counted.count, samples: called.map(({ id, title }) => title ?? `№ ${id}`) }
}
