import { sql } from '#core/database'
import { belongsTo, choice, defineObject, integer, text } from '#core/objects'

/** A file that a customer sent (F82). */
export const documentObject = defineObject({
  name: 'document',
  table: 'user_documents',
  path: 'documents',
  personalTitle: true,
  title: (row) => sql`${row}.name`,
  fields: {
    name: text({ readonly: true, personal: true }),
    user: belongsTo('user', {
      many: 'documents',
      tab: 'documents',
      columns: ['id', 'createdAt', 'name', 'type', 'set', 'status', 'source'],
      readonly: true,
    }),
    type: text({ max: 100 }),
    set: text({ max: 100 }),
    status: choice(['new', 'accepted', 'rejected'], { required: true }),
    comment: text({ max: 500 }),
    source: belongsTo('source', { readonly: true }),
    size: integer({ sql: (row) => sql`(select f.size from files f where f.id = ${row}.file_id)` }),
  },
  columns: ['id', 'createdAt', 'user', 'name', 'type', 'set', 'status', 'source'],
  card: ['name', 'user', 'type', 'set', 'status', 'comment', 'size', 'source', 'createdAt', 'updatedAt'],
  buttons: [{ name: 'download', href: (id) => `/documents/${id}/file`, right: 'personal', primary: true }],
  rights: { marketer: ['read', 'edit', 'export', 'personal'], viewer: ['read', 'reveal'] },
})
