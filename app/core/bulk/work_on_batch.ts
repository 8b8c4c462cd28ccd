import { execute, identifier, rows, sql, transaction, type Transaction } from '#core/database'
import { problemOf, sentenceOf } from '#core/http'
import { existing, InvalidFields, labelOf, table, type ObjectDefinition, type Reader } from '#core/objects'
import { type BulkRun } from './bulk_run.js'
import { deedOf, type Deed } from './deeds.js'

/** Few enough that others do not wait for the rows, many enough that a commit for all costs little. */
const BATCH_ROWS = 100

interface Outcome {
  id: number
  outcome: 'done' | 'same' | 'skipped'
  reason: string | null
}

interface Work {
  bulk: BulkRun
  object: ObjectDefinition
  deed: Deed
  reader: Reader
}

/**
 * Does the next rows, and says in the same transaction how far it came: a worker that dies takes back what it did not finish, and
 * nothing is done twice. Answers how many rows there were, 0 at the end.
 */
export async function workOnBatch(bulk: BulkRun, { object, reader }: Pick<Work, 'object' | 'reader'>): Promise<number> {
  const actor = { staffId: bulk.staffId, trace: `bulk ${bulk.id}` }
  const work = { bulk, object, reader, deed: deedOf(object, bulk, actor, reader) }
  return transaction(async (trx) => {
    const ids = await nextIds(work.bulk, trx)
    if (!ids.length) return 0
    const there = await stillThere(work.object, ids, trx)
    const gone = ids.filter((id) => !there.includes(id)).map((id): Outcome => ({ id, outcome: 'skipped', reason: work.reader.t('bulk.gone') }))
    await keep(work.bulk, [...gone, ...(await workOn(work, there, trx))], ids.at(-1)!, trx)
    return ids.length
  })
}

async function nextIds({ id }: BulkRun, trx: Transaction) {
  const found = await rows<{ id: number }>(
    sql`select row_id as id from bulk_rows
      where bulk_id = ${id} and row_id > (select reached from bulk_runs where id = ${id} for update)
      order by row_id limit ${BATCH_ROWS}`,
    trx
  )
  return found.map(idOf)
}

async function stillThere(object: ObjectDefinition, ids: number[], trx: Transaction) {
  const found = await rows<{ id: number }>(
    sql`select t.id from ${identifier(object.table)} ${table} where ${existing(object)} and t.id = any(${ids}::bigint[]) order by t.id`,
    trx
  )
  return found.map(idOf)
}

/** Most often nothing is refused; where something is, each half is done by itself, until the row to blame stands alone. */
async function workOn(work: Work, ids: number[], trx: Transaction): Promise<Outcome[]> {
  if (!ids.length) return []
  try {
    const done = new Set(await trx.transaction((inner) => work.deed(ids, inner)))
    return ids.map((id) => ({ id, outcome: done.has(id) ? 'done' : 'same', reason: null }))
  } catch (error) {
    const middle = ids.length >> 1
    if (middle === 0) return [{ id: ids[0], outcome: 'skipped', reason: reasonOf(error, work) }]
    return [...(await workOn(work, ids.slice(0, middle), trx)), ...(await workOn(work, ids.slice(middle), trx))]
  }
}

/** In the words of who asked. What is not about the row fails the run, which is tried again. */
function reasonOf(error: unknown, { object, reader }: Work): string {
  if (error instanceof InvalidFields) {
    const told = Object.entries(error.errors).map(([name, wrong]) => {
      const field = object.fields.get(name)
      return field ? `${labelOf(field, reader)}: ${sentenceOf(wrong, reader)}` : sentenceOf(wrong, reader)
    })
    return told.join('; ')
  }
  const { status, detail } = problemOf(error, reader)
  if (status >= 500 && !isAboutValues(error)) throw error
  return isAboutValues(error) ? reader.t('validator.refused') : detail
}

/** SQLSTATE classes of data exceptions and broken constraints. */
const isAboutValues = (error: unknown) => /^(22|23)...$/.test(String((error as { code?: unknown }).code))

async function keep({ id }: BulkRun, outcomes: Outcome[], reached: number, trx: Transaction) {
  const count = (wanted: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length
  await execute(
    sql`update bulk_rows r set outcome = o.outcome, reason = o.reason
      from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o (id bigint, outcome text, reason text)
      where r.bulk_id = ${id} and r.row_id = o.id`,
    trx
  )
  await execute(
    sql`update bulk_runs set reached = ${reached}, done = done + ${count('done')}, same = same + ${count('same')},
        skipped = skipped + ${count('skipped')}, updated_at = now()
      where id = ${id}`,
    trx
  )
}

const idOf = ({ id }: { id: number }) => id
