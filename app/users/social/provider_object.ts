import { execute, row, sql } from '#core/database'
import { defineObject, flag, InvalidFields, text, type Values } from '#core/objects'
import { sealed } from '#core/secrets'

/** Whoever vouches for customers by OpenID Connect (F30): Google, VK ID, an SSO of one's own. */
export const providerObject = defineObject({
  name: 'social_provider',
  table: 'social_providers',
  path: 'social-providers',
  fields: {
    name: text({ required: true, sortable: true, max: 100 }),
    code: text({ required: true, max: 60 }),
    issuer: text({ required: true, max: 500 }),
    clientId: text({ required: true, max: 500 }),
    clientSecret: text({ secret: true, max: 500 }),
    scopes: text({ required: true, max: 500, initial: 'openid email profile' }),
    trustsEmail: flag(),
    active: flag({ initial: true }),
  },
  columns: ['id', 'createdAt', 'updatedAt', 'name', 'code', 'issuer', 'trustsEmail', 'active'],
  create: ['name', 'code', 'issuer', 'clientId', 'clientSecret', 'scopes', 'trustsEmail', 'active'],
  card: ['name', 'code', 'issuer', 'clientId', 'clientSecret', 'scopes', 'trustsEmail', 'active', 'createdAt', 'updatedAt'],
  sort: 'name',
  tabs: ['accounts'],
  buttons: [{ name: 'try', post: (id) => `/social-providers/${id}/tries`, right: 'edit', primary: true }],
  rights: { administrator: ['read', 'create', 'edit', 'delete'], marketer: ['read'] },
  /** Who changes it decides whose word opens accounts of customers. */
  reserved: ['create', 'edit', 'delete'],
  verbs: {
    before: async (values) => withSealed(checked(values)),
    remove: async (id, trx) => {
      const used = await row(sql`select from user_social_accounts where provider_id = ${id} limit 1`, trx)
      if (used) throw InvalidFields.at('active', 'providerUsed')
      await execute(sql`delete from social_providers where id = ${id}`, trx)
    },
  },
})

/** The guard of calls to the outside looks at the address once more, whenever it is called. */
function checked(values: Values): Values {
  const { code, issuer, scopes } = values
  if (typeof code === 'string' && !/^[a-z0-9][a-z0-9_-]*$/.test(code)) throw InvalidFields.at('code', 'campaignCode')
  if (typeof issuer === 'string' && !(URL.canParse(issuer) && /^https?:$/.test(new URL(issuer).protocol))) throw InvalidFields.at('issuer', 'issuer')
  if (typeof scopes === 'string' && !scopes.split(' ').includes('openid')) throw InvalidFields.at('scopes', 'openidScope')
  return values
}

function withSealed(values: Values): Values {
  return values.clientSecret ? { ...values, clientSecret: sealed(values.clientSecret as string) } : values
}
