import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, integer, money, text } from '#core/objects'
import { receiptImport } from './import_receipts.js'
import { refreshStatsOf } from './user_stats.js'

/** A purchase of a customer (F78). */
export const receiptObject = defineObject({
  name: 'receipt',
  table: 'receipts',
  path: 'receipts',
  title: (row) => sql`'№ ' || ${row}.number`,
  find: { keys: ['number', 'fn'], beside: ['issuedAt', 'total', 'user'] },
  fields: {
    number: text({ required: true }),
    user: belongsTo('user', {
      many: 'receipts',
      tab: 'loyalty',
      columns: ['id', 'createdAt', 'number', 'issuedAt', 'outlet', 'status', 'total', 'linesCount'],
      sort: '-issuedAt',
      children: 'lines',
      required: true,
      fixed: true,
    }),
    issuedAt: dateTime({ required: true, sortable: true }),
    outlet: belongsTo('outlet', {
      many: 'receipts',
      tab: 'receipts',
      columns: ['id', 'number', 'issuedAt', 'user', 'total'],
      sortable: true,
    }),
    status: choice(['accepted', 'checking', 'rejected', 'returned']),
    total: money({ sortable: true }),
    discount: money(),
    linesCount: integer({ readonly: true }),
    source: text(),
    inn: text(),
    kkt: text(),
    fn: text(),
    fd: text(),
    fp: text(),
  },
  columns: ['id', 'number', 'issuedAt', 'user', 'outlet', 'status', 'total', 'discount', 'linesCount'],
  sort: '-issuedAt',
  card: [
    'number', 'user', 'issuedAt', 'outlet', 'status', 'total', 'discount', 'linesCount', 'source', 'inn', 'kkt', 'fn', 'fd', 'fp',
    'createdAt', 'updatedAt',
  ],
  tabs: ['lines'],
  create: ['user', 'number', 'issuedAt', 'outlet', 'total'],
  rights: { marketer: ['read', 'create', 'edit', 'export', 'import'], viewer: ['read'] },
  importable: receiptImport,
  segmentable: true,
  verbs: {
    alone: true,
    before: async (values, _trx, id) => withoutNulls(values, id ? [] : ['status', 'total', 'discount']),
    after: (id, _values, trx) => refreshStatsOf(sql`select user_id from receipts where id = ${id}`, trx),
  },
})

/** What was left empty at creation is left to the defaults of the table. */
function withoutNulls(values: Record<string, unknown>, names: string[]) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== null || !names.includes(name)))
}
