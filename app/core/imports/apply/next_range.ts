import { row, sql, type Transaction } from '#core/database'
import { type Range } from './figures.js'
import { type Plan } from './plan.js'

/** Large enough that a statement's own cost does not show, small enough that a cancel or a killed worker costs little. */
const BATCH_ROWS = 10_000

/** The next lines to apply after this one, or null at the end. */
export async function nextRange({ stage }: Plan, after: number, trx?: Transaction): Promise<Range | null> {
  const found = await row<{ last: number | null }>(
    sql`select max(line) as last from (
        select line from ${stage} where line > ${after} and refused is null order by line limit ${BATCH_ROWS}
      ) batch`,
    trx
  )
  return found?.last ? { after, last: found.last } : null
}
