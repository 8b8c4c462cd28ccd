import { sql, type Sql } from '#core/database'
import { book } from '#core/books'
import { belongsTo, choice, dateTime, flag, text, type Values } from '#core/objects'
import { freeCode } from '../free_code.js'
import { callsPanel } from './calls_panel.js'
import { checkSource } from './check_source.js'
import { outdateSources } from './source_by_code.js'
import { sourceKeys } from './source_secret.js'

const hasKey = ({ key }: Values) => Boolean(key)

const shownKey = (source: Sql) => 
  sql`case when ${source}.key_hash is not null then ${sourceKeys.shown(source, sql`${source}.key_beginning`)} end`

/**
 * Where customers come from (F68): a site, an app, a partner's form, a file. It leads into one campaign at most (F67), and its code stands in the
 * address by which it calls the public interface.
 */
export const sourceObject = book({
  name: 'source',
  table: 'sources',
  path: 'sources',
  fields: {
    kind: choice(['site', 'app', 'partner', 'mailing', 'promo', 'widget', 'bot', 'external', 'internal'], { required: true, sortable: true, initial: 'site' }),
    campaign: belongsTo('campaign', { many: 'sources', tab: 'sources', columns: ['id', 'createdAt', 'nameRu', 'nameEn', 'code', 'kind', 'active'] }),
    frontEnd: flag({ initial: false }),
    sites: text({ format: 'multiline', max: 2000 }),
    key: text({ sql: shownKey }),
    formerKeyUntil: dateTime({ sql: (source) => sql`case when ${source}.former_key_until > now() then ${source}.former_key_until end` }),
    callbacks: flag({ sql: (source) => sql`(${source}.callback_secret is not null)` }),
    formerCallbacksUntil: dateTime({ sql: (source) => sql`case when ${source}.former_callback_until > now() then ${source}.former_callback_until end` }),
  },
  card: {
    columns: ['position', 'nameRu', 'nameEn', 'code', 'kind', 'campaign', 'frontEnd', 'active', 'id', 'createdAt', 'updatedAt'],
    card: ['nameRu', 'nameEn', 'code', 'kind', 'campaign', 'position', 'active', 'frontEnd', 'sites', 'key', 'formerKeyUntil', 'callbacks', 'formerCallbacksUntil', 'createdAt', 'updatedAt'],
    groups: { entry: ['nameRu', 'nameEn', 'code', 'kind', 'campaign', 'position', 'active'], calls: ['frontEnd', 'sites', 'key', 'formerKeyUntil', 'callbacks', 'formerCallbacksUntil'] },
    tabs: ['calls'],
    panels: [callsPanel],
    buttons: [
      { name: 'makeKey', href: (id) => `/sources/${id}/key`, right: 'edit', when: (source) => !hasKey(source) },
      { name: 'changeKey', href: (id) => `/sources/${id}/key`, right: 'edit', when: hasKey },
      { name: 'revokeKey', post: (id) => `/sources/${id}/key/revocation`, right: 'edit', confirm: true, when: hasKey },
      { name: 'callbacks', href: (id) => `/sources/${id}/callbacks`, right: 'edit' },
    ],
  },
  codeFor: ({ nameEn, nameRu }, trx) => freeCode('sources', String(nameEn || nameRu || ''), 'source', trx),
  check: checkSource,
  changed: outdateSources,
})
