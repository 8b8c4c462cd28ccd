import { sql, type Sql } from '#core/database'
import { before, during, perDay, rowSet, sumsOf, within, type Widget } from '#core/home'

const accepted = rowSet('receipt', { field: 'status', operator: 'equal', value: ['accepted'] })
const turnover = { turnover: (row: Sql) => sql`sum(${row}.total)` }

/** What customers bought: receipts that count, and their money. */
export const turnoverWidget: Widget = {
  name: 'turnover',
  order: 30,
  object: 'receipt',
  wide: true,
  load: async (period, reader) => {
    const bought = within(accepted, during('issuedAt', period))
    const [now, earlier, days] = await Promise.all([
      sumsOf(bought, turnover, reader),
      sumsOf(within(accepted, during('issuedAt', before(period))), turnover, reader),
      perDay(accepted, 'issuedAt', period, reader, turnover),
    ])
    const average = (sums: typeof now) => (sums.count ? Math.round(sums.turnover / sums.count) : 0)
    return {
      figures: [
        { name: 'turnover', value: now.turnover, before: earlier.turnover, format: 'money', rows: bought },
        { name: 'receipts', value: now.count, before: earlier.count, rows: bought },
        { name: 'average', value: average(now), before: average(earlier), format: 'money' },
      ],
      chart: { kind: 'bar', measures: [{ name: 'receipts', line: true }, { name: 'turnover', format: 'money' }], points: days },
    }
  },
}
