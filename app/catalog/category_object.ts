import { sql } from '#core/database'
import { belongsTo, defineObject, text } from '#core/objects'

/** A node of the tree of goods; the top level is a department. */
export const categoryObject = defineObject({
  name: 'category',
  table: 'categories',
  path: 'categories',
  search: (row) => sql`lower(${row}.name)`,
  find: { keys: ['code'], beside: ['code', 'parent'] },
  fields: {
    code: text({ required: true, sortable: true }),
    name: text({ required: true, sortable: true }),
    parent: belongsTo('category', { many: 'children', tab: 'header', columns: ['id', 'code', 'name'], sortable: true }),
  },
  columns: ['id', 'code', 'name', 'parent', 'createdAt'],
  create: ['code', 'name', 'parent'],
  tabs: ['goods'],
  rights: { marketer: ['read', 'create', 'edit', 'delete', 'export', 'import'], viewer: ['read'] },
  importable: { match: ['code', 'id'] },
  trash: true,
})
