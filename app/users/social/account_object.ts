import { sql } from '#core/database'
import { belongsTo, defineObject, text } from '#core/objects'

/** An account elsewhere by which a customer signs in here. */
export const socialAccountObject = defineObject({
  name: 'social_account',
  table: 'user_social_accounts',
  without: ['updatedAt'],
  attributes: 'none',
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', { many: 'socialAccounts', tab: 'header', columns: ['id', 'createdAt', 'provider', 'subject'], readonly: true }),
    provider: belongsTo('social_provider', { readonly: true, many: 'accounts', tab: 'accounts', columns: ['user', 'createdAt', 'subject'] }),
    subject: text({ readonly: true, personal: true }),
  },
  rights: { marketer: ['read', 'personal'], viewer: ['read', 'reveal'] },
})
