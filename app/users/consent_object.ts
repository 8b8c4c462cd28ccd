import { sql } from '#core/database'
import { belongsTo, choice, defineObject, flag, text } from '#core/objects'
import { origin } from './origin.js'

/** The append-only log of what a customer agreed to and took back, with its proof (F34-F37). */
export const consentObject = defineObject({
  name: 'consent',
  table: 'consent_log',
  without: ['updatedAt'],
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', {
      many: 'consents',
      tab: 'header',
      columns: ['id', 'createdAt', 'kind', 'value', 'subject', 'source', 'documentVersion'],
    }),
    kind: choice(['personal_data', 'communication', 'campaign', 'unsubscribe']),
    value: flag(),
    subject: text(),
    source: origin(),
    documentVersion: text(),
    ip: text({ personal: true }),
  },
  attributes: 'none',
  rights: { marketer: ['read', 'export', 'personal'], viewer: ['read', 'reveal'] },
})
