import { execute, raw, row, rows, sql, transaction, type Transaction } from '#core/database'
import { columnOf, labelOfColumn } from '#core/objects'
import { type Exported, type Written } from './exported.js'
import { exportCount, exportRows } from './export_rows.js'
import { cellKindOf, cellSql } from './xlsx/cell_kinds.js'
import { sheetXml } from './xlsx/sheet_xml.js'
import { workbook } from './xlsx/workbook.js'

/** A sheet holds 1,048,576 rows, of which one is the head. */
export const MOST_ROWS = 1_048_575
const FETCHED_AT_ONCE = 2000

/**
 * A workbook with real texts, numbers and dates, written as it is read: rows come through a cursor of one repeatable-read transaction,
 * and what does not fit on a sheet goes on on the next.
 */
export function writeXlsx(exported: Exported, mostRows = MOST_ROWS): Written {
  let done = 0
  return { chunks: chunks(), rows: () => done }

  async function* chunks() {
    const { object, view, reader, onRows } = exported
    const heads = view.columns.map((name) => labelOfColumn(object, name, reader))
    const kinds = view.columns.map((name) => cellKindOf(columnOf(object, name)))
    const cursor = new Cursor(exported)
    try {
      const total = await cursor.open()
      const sheets = Math.max(1, Math.ceil(total / mostRows))
      yield* workbook(sheets, () => sheetXml(heads, kinds, batches(mostRows)))

      async function* batches(most: number) {
        for (let left = most; left > 0; ) {
          const batch = await cursor.next(Math.min(FETCHED_AT_ONCE, left))
          if (!batch.length) return
          left -= batch.length
          done += batch.length
          await onRows(done, total)
          yield batch
        }
      }
    } finally {
      await cursor.close()
    }
  }
}

type Cells = Record<string, string | null>

/** Its transaction stays open between the batches: all of them see the table as it was at the first. */
class Cursor {
  #trx?: Transaction
  #end!: () => void
  #ended?: Promise<unknown>

  constructor(readonly exported: Exported) {}

  /** Answers how many rows there are. */
  async open(): Promise<number> {
    const over = new Promise<void>((resolve) => (this.#end = resolve))
    const opened = new Promise<Transaction>((resolve, reject) => {
      this.#ended = transaction(async (trx) => {
        resolve(trx)
        await over
      }).catch(reject)
    })
    this.#trx = await opened
    const { object, view, reader } = this.exported
    await execute(sql`set transaction isolation level repeatable read, read only`, this.#trx)
    const { count } = (await row<{ count: number }>(exportCount(object, view, reader), this.#trx))!
    await execute(sql`declare exported no scroll cursor for ${exportRows(object, view, reader, cellSql)}`, this.#trx)
    return count
  }

  next(count: number) {
    return rows<Cells>(sql`fetch ${raw(String(count))} from exported`, this.#trx)
  }

  async close() {
    this.#end()
    await this.#ended
  }
}
