import { sql } from '#core/database'
import { belongsTo, choice, defineObject, flag, text } from '#core/objects'
import { method, origin } from './origin.js'
import { scope } from './scope.js'

/** The append-only log of what a customer agreed to and took back, with its proof (F34-F37). */
export const consentObject = defineObject({
  name: 'consent',
  table: 'consent_log',
  without: ['updatedAt'],
  path: 'consents',
  columns: ['createdAt', 'user', 'kind', 'value', 'scope', 'channel', 'category', 'campaign', 'document', 'source', 'cameFrom', 'id'],
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', {
      many: 'consents',
      tab: 'header',
      columns: ['createdAt', 'kind', 'value', 'scope', 'channel', 'category', 'campaign', 'document', 'source', 'cameFrom', 'ip', 'staff'],
    }),
    kind: choice(['personal_data', 'communication', 'campaign', 'unsubscribe', 'subscribe', 'regime']),
    value: flag(),
    ...scope(),
    campaign: belongsTo('campaign'),
    source: origin(),
    cameFrom: belongsTo('source', { column: 'source_id' }),
    method: method(),
    importedFrom: belongsTo('import', { column: 'import_id' }),
    document: belongsTo('consent_document', {
      many: 'given',
      tab: 'given',
      columns: ['createdAt', 'user', 'kind', 'value', 'source', 'cameFrom', 'ip', 'staff'],
    }),
    documentVersion: text(),
    textHash: text(),
    locale: choice(['ru', 'en']),
    ip: text({ personal: true }),
    staff: belongsTo('staff'),
  },
  card: [
    'user', 'kind', 'value', 'scope', 'channel', 'category', 'campaign', 'document', 'documentVersion', 'textHash', 'locale', 'createdAt', 'source', 'cameFrom',
    'method', 'importedFrom', 'ip', 'staff',
  ],
  groups: {
    said: ['user', 'kind', 'value', 'scope', 'channel', 'category', 'campaign'],
    document: ['document', 'documentVersion', 'textHash', 'locale'],
    proof: ['createdAt', 'source', 'cameFrom', 'method', 'importedFrom', 'ip', 'staff'],
  },
  attributes: 'none',
  rights: { marketer: ['read', 'export', 'personal'], viewer: ['read', 'reveal'] },
})
