import { sql } from '#core/database'
import { belongsTo, dateTime, defineObject } from '#core/objects'
import { movedPanel } from './moved_panel.js'

/** The journal of merges: who became whom, by whom, and whether it was taken back (F27). */
export const mergeObject = defineObject({
  name: 'user_merge',
  table: 'user_merges',
  path: 'merges',
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', { exact: true, readonly: true, many: 'merges', tab: 'header', columns: ['id', 'createdAt', 'merged', 'staff', 'undoneAt'] }),
    merged: belongsTo('user', { exact: true, readonly: true }),
    staff: belongsTo('staff', { readonly: true }),
    undoneAt: dateTime({ readonly: true }),
    undoneBy: belongsTo('staff', { column: 'undone_by', readonly: true }),
  },
  columns: ['id', 'createdAt', 'user', 'merged', 'staff', 'undoneAt', 'undoneBy'],
  card: ['user', 'merged', 'createdAt', 'staff', 'undoneAt', 'undoneBy'],
  tabs: ['moved'],
  panels: [movedPanel],
  buttons: [{ name: 'undo', post: (id) => `/merges/${id}/undoings`, right: 'edit', confirm: true, when: ({ undoneAt }) => !undoneAt }],
  attributes: 'none',
  rights: { administrator: ['read', 'edit', 'export'], marketer: ['read', 'edit', 'export'], viewer: ['read'] },
})
