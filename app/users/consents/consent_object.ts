import { sql } from '#core/database'
import { belongsTo, choice, defineObject, flag, text } from '#core/objects'
import { origin } from './origin.js'
import { subject } from './subject.js'

/** The append-only log of what a customer agreed to and took back, with its proof (F34-F37). */
export const consentObject = defineObject({
  name: 'consent',
  table: 'consent_log',
  without: ['updatedAt'],
  path: 'consents',
  columns: ['id', 'createdAt', 'user', 'kind', 'value', 'campaign', 'subject', 'source', 'cameFrom', 'documentVersion'],
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', {
      many: 'consents',
      tab: 'header',
      columns: ['id', 'createdAt', 'kind', 'value', 'campaign', 'subject', 'source', 'documentVersion'],
    }),
    kind: choice(['personal_data', 'communication', 'campaign', 'unsubscribe', 'subscribe', 'regime']),
    value: flag(),
    subject: subject(),
    campaign: belongsTo('campaign'),
    source: origin(),
    cameFrom: belongsTo('source', { column: 'source_id' }),
    method: text(),
    document: belongsTo('consent_document'),
    documentVersion: text(),
    textHash: text(),
    ip: text({ personal: true }),
    staff: belongsTo('staff'),
  },
  attributes: 'none',
  rights: { marketer: ['read', 'export', 'personal'], viewer: ['read', 'reveal'] },
})
