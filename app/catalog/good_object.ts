import { sql } from '#core/database'
import { belongsTo, defineObject, money, text } from '#core/objects'

/** An article that is sold. What customers order for points is a product of a campaign, not a good. */
export const goodObject = defineObject({
  name: 'good',
  table: 'goods',
  path: 'goods',
  search: (row) => sql`lower(${row}.name)`,
  find: { keys: ['code'], beside: ['code', 'category', 'brand'] },
  fields: {
    code: text({ required: true, sortable: true }),
    name: text({ required: true, sortable: true }),
    category: belongsTo('category', { many: 'goods', tab: 'goods', columns: ['id', 'code', 'name', 'brand'], sortable: true }),
    brand: text({ sortable: true }),
    manufacturer: text(),
    packageSize: text(),
    price: money(),
  },
  columns: ['id', 'code', 'name', 'category', 'brand', 'packageSize', 'price'],
  create: ['code', 'name', 'category', 'brand', 'manufacturer', 'packageSize', 'price'],
  tabs: ['receipts'],
  rights: { marketer: ['read', 'create', 'edit', 'delete', 'export', 'import'], viewer: ['read'] },
  importable: { match: ['code', 'id'] },
  segmentable: true,
  trash: true,
})
