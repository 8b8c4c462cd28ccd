import { sql } from '#core/database'
import { belongsTo, dateTime, defineObject, flag, text, worded, type FieldDraft, type Reader } from '#core/objects'
import { alive } from './alive.js'

/** The method by which the session was opened, in its words. */
function method(): FieldDraft {
  const draft = text({ readonly: true })
  const show = (name: string, _field: unknown, reader: Reader) => worded(reader, `signals.${name.replaceAll('/', '.')}`) ?? name
  return { ...draft, type: { ...draft.type, show } }
}

/** Where a customer is signed in. The token itself is kept nowhere. */
export const sessionObject = defineObject({
  name: 'user_session',
  table: 'user_sessions',
  path: 'user-sessions',
  without: ['updatedAt'],
  attributes: 'none',
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', {
      many: 'sessions',
      tab: 'header',
      columns: ['id', 'createdAt', 'source', 'method', 'address', 'lastSeenAt', 'expiresAt', 'alive'],
      readonly: true,
    }),
    source: belongsTo('source', { readonly: true }),
    method: method(),
    address: text({ readonly: true, personal: true }),
    agent: text({ readonly: true, personal: true }),
    lastSeenAt: dateTime({ readonly: true }),
    expiresAt: dateTime({ readonly: true }),
    alive: flag({ sql: alive }),
  },
  columns: ['id', 'createdAt', 'user', 'source', 'method', 'lastSeenAt', 'alive'],
  card: ['user', 'source', 'method', 'address', 'agent', 'createdAt', 'lastSeenAt', 'expiresAt', 'alive'],
  rowButtons: [{ name: 'revoke', icon: 'close', post: (id) => `/user-sessions/${id}/end`, right: 'edit' }],
  buttons: [{ name: 'revoke', post: (id) => `/user-sessions/${id}/end`, right: 'edit', when: ({ alive: open }) => open === true }],
  rights: { marketer: ['read', 'edit', 'personal'], viewer: ['read', 'reveal'] },
})
