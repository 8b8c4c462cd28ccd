import { sql } from '#core/database'
import { defineObject, flag, text } from '#core/objects'

/** Where things are bought: a shop, or an online channel. */
export const outletObject = defineObject({
  name: 'outlet',
  table: 'outlets',
  path: 'outlets',
  search: (row) => sql`lower(${row}.name)`,
  find: { keys: ['code'], beside: ['code', 'city', 'address'] },
  fields: {
    code: text({ required: true, sortable: true }),
    name: text({ required: true, sortable: true }),
    region: text({ sortable: true }),
    city: text({ sortable: true }),
    address: text(),
    online: flag(),
  },
  columns: ['id', 'code', 'name', 'region', 'city', 'address', 'online'],
  create: ['code', 'name', 'region', 'city', 'address', 'online'],
  tabs: ['receipts'],
  rights: { marketer: ['read', 'create', 'edit', 'delete', 'export', 'import'], viewer: ['read'] },
  importable: { match: ['code', 'id'] },
  trash: true,
})
