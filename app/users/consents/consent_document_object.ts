import i18nManager from '@adonisjs/i18n/services/main'
import { nameIn } from '#core/books'
import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, flag, InvalidFields, text, type Values } from '#core/objects'
import { consentKinds } from './record_consent.js'
import { versionsPanel } from './versions_panel.js'

/** A text that people agree to (F34-F36). What was published is never changed, only followed by a new version. */
export const consentDocumentObject = defineObject({
  name: 'consent_document',
  table: 'consent_documents',
  path: 'consent-documents',
  without: ['updatedAt'],
  title: (row, locale) => sql`concat_ws(', ', ${nameIn(row, locale)}, ${row}.version)`,
  fields: {
    kind: choice(consentKinds, { required: true, fixed: true }),
    campaign: belongsTo('campaign', {
      fixed: true,
      many: 'consentDocuments',
      tab: 'consents',
      columns: ['id', 'createdAt', 'nameRu', 'nameEn', 'version', 'validFrom', 'active'],
    }),
    nameRu: text({ fixed: true, max: 200 }),
    nameEn: text({ fixed: true, max: 200 }),
    version: text({ required: true, fixed: true, max: 60 }),
    textRu: text({ fixed: true, format: 'multiline', max: 100_000 }),
    textEn: text({ fixed: true, format: 'multiline', max: 100_000 }),
    validFrom: dateTime({ fixed: true }),
    active: flag({ initial: true }),
    textHash: text({ readonly: true, copied: true }),
    staff: belongsTo('staff', { readonly: true }),
  },
  columns: ['id', 'createdAt', 'nameRu', 'nameEn', 'kind', 'campaign', 'version', 'validFrom', 'active'],
  card: ['nameRu', 'nameEn', 'kind', 'campaign', 'version', 'validFrom', 'active', 'textRu', 'textEn', 'textHash', 'createdAt', 'staff'],
  groups: {
    document: ['nameRu', 'nameEn', 'kind', 'campaign'],
    edition: ['version', 'validFrom', 'active', 'textHash', 'createdAt', 'staff'],
    texts: ['textRu', 'textEn'],
  },
  create: ['kind', 'campaign', 'nameRu', 'nameEn', 'version', 'textRu', 'textEn', 'validFrom', 'active'],
  tabs: ['given'],
  panels: [versionsPanel],
  rights: { administrator: ['read', 'create', 'edit', 'export'], marketer: ['read', 'export'], viewer: ['read'] },
  attributes: 'none',
  verbs: { before: async (values, _trx, id) => (id ? values : checked(values)) },
})

/**
 * Which documents have a campaign, and that there is a text; in force from now, by the clock of the database, when nothing else is said, and
 * called by its kind.
 */
function checked(values: Values): Values {
  if (values.kind === 'campaign' && !values.campaign) throw InvalidFields.at('campaign', 'required')
  if (values.kind !== 'campaign' && values.campaign) throw InvalidFields.at('campaign', 'noCampaign')
  if (!values.textRu && !values.textEn) throw InvalidFields.at('textRu', 'required')
  const { validFrom, ...others } = values
  const named = values.nameRu || values.nameEn ? {} : { nameRu: kindIn('ru', values.kind), nameEn: kindIn('en', values.kind) }
  return { ...(validFrom ? values : others), ...named }
}

const kindIn = (locale: string, kind: unknown) => i18nManager.locale(locale).t(`consent_document.names.${kind}`)
