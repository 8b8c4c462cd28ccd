import { sql } from '#core/database'
import { belongsTo, choice, defineObject } from '#core/objects'
import { comparisonPanel } from './comparison_panel.js'

/** Two customers that may be one person, for people to decide (F27). */
export const duplicateObject = defineObject({
  name: 'user_duplicate',
  table: 'user_duplicates',
  path: 'duplicates',
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', { exact: true, readonly: true }),
    other: belongsTo('user', { exact: true, readonly: true }),
    reason: choice(['phone', 'email', 'card', 'name', 'by_hand'], { readonly: true }),
    state: choice(['open', 'dismissed', 'merged'], { readonly: true }),
  },
  columns: ['id', 'user', 'other', 'reason', 'state', 'createdAt'],
  sort: '-createdAt',
  quick: 'state',
  card: ['user', 'other', 'reason', 'state', 'createdAt'],
  tabs: ['comparison'],
  panels: [comparisonPanel],
  buttons: [
    { name: 'dismiss', post: (id) => `/duplicates/${id}/dismissals`, right: 'edit', when: ({ state }) => state === 'open' },
    { name: 'reopen', post: (id) => `/duplicates/${id}/openings`, right: 'edit', when: ({ state }) => state === 'dismissed' },
  ],
  sectionLinks: [{ name: 'search', icon: 'search', href: '/duplicates/search', right: 'edit' }],
  attributes: 'none',
  rights: { administrator: ['read', 'edit', 'export'], marketer: ['read', 'edit', 'export'], viewer: ['read'] },
})
