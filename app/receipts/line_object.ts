import { sql } from '#core/database'
import { belongsTo, decimal, defineObject, money, text } from '#core/objects'
import { lineImport } from './import_receipts.js'

/** One position of a receipt; `code` is what the till printed, `good` what the catalogue knows by it. */
export const lineObject = defineObject({
  name: 'receipt_line',
  table: 'receipt_lines',
  path: 'receipt-lines',
  title: (row) => sql`coalesce(${row}.name, ${row}.code)`,
  fields: {
    user: belongsTo('user', { many: 'lines', required: true, fixed: true }),
    receipt: belongsTo('receipt', {
      many: 'lines',
      tab: 'lines',
      columns: ['id', 'code', 'good', 'quantity', 'price', 'discount', 'amount'],
      sort: 'id',
      colocated: true,
      required: true,
      fixed: true,
    }),
    good: belongsTo('good', {
      many: 'lines',
      tab: 'receipts',
      columns: ['id', 'receipt', 'user', 'quantity', 'amount'],
      sortable: true,
    }),
    code: text({ required: true }),
    name: text(),
    quantity: decimal({ scale: 3 }),
    price: money(),
    discount: money(),
    amount: money({ required: true }),
  },
  columns: ['id', 'receipt', 'user', 'good', 'code', 'quantity', 'price', 'discount', 'amount'],
  small: true,
  rights: { marketer: ['read', 'export', 'import'], viewer: ['read'] },
  importable: lineImport,
  segmentable: true,
})
