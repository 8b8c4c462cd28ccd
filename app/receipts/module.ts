import { sql } from '#core/database'
import { defineModule } from '#core/modules'
import { recountsPeople } from '#app/users'
import { lineObject } from './line_object.js'
import { receiptObject } from './receipt_object.js'
import { receiptAdded } from './signals.js'
import { refreshStatsOf } from './user_stats.js'
import { turnoverWidget } from './widgets.js'

recountsPeople((ids, trx) => refreshStatsOf(sql`select unnest(${ids}::bigint[]) as user_id`, trx))

export default defineModule({
  name: 'receipts',
  menu: [
    { group: 'campaigns', name: 'receipts', path: '/receipts', object: 'receipt', key: 'r' },
    { group: 'campaigns', name: 'receiptLines', path: '/receipt-lines', object: 'receipt_line' },
  ],
  home: { widgets: [turnoverWidget] },
  objects: [receiptObject, lineObject],
  personal: {
    tables: [
      {
        table: 'receipts',
        customer: 'user_id',
        erasure: 'kept',
        impersonal: ['number', 'source', 'status', 'inn', 'kkt', 'fn', 'fd', 'fp', 'attributes'],
      },
      { table: 'receipt_lines', customer: 'user_id', erasure: 'kept', impersonal: ['code', 'name', 'attributes'] },
    ],
  },
  signals: [receiptAdded],
})
