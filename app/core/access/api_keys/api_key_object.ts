import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, InvalidFields, text, type Values } from '#core/objects'
import { keys } from './api_key.js'
import { readNetworks } from './networks.js'
import { scopesPanel } from './scopes_panel.js'

/** Keys by which other systems use the interface (F67). The key itself is shown once, when it is made. */
export const apiKeyObject = defineObject({
  name: 'api_key',
  table: 'api_keys',
  path: 'api-keys',
  fields: {
    name: text({ required: true, sortable: true, max: 200 }),
    key: text({ sql: (key) => keys.shown(key, sql`${key}.beginning`) }),
    state: choice(['active', 'expired', 'revoked'], {
      readonly: true,
      sql: (key) => sql`case when ${key}.revoked_at is not null then 'revoked' when ${key}.expires_at <= now() then 'expired' else 'active' end`,
    }),
    scopes: text({ sql: (key) => sql`array_to_string(${key}.scopes, ', ')` }),
    networks: text({ max: 2000 }),
    expiresAt: dateTime({ sortable: true }),
    lastUsedAt: dateTime({ readonly: true, sortable: true }),
    lastUsedFrom: text({ readonly: true }),
    rotatedAt: dateTime({ readonly: true }),
    revokedAt: dateTime({ readonly: true }),
    staff: belongsTo('staff', { readonly: true, sortable: true, many: 'apiKeys' }),
  },
  columns: ['id', 'name', 'key', 'state', 'expiresAt', 'lastUsedAt', 'lastUsedFrom', 'createdAt'],
  card: ['name', 'key', 'state', 'networks', 'expiresAt', 'lastUsedAt', 'lastUsedFrom', 'rotatedAt', 'revokedAt', 'staff', 'createdAt'],
  tabs: ['scopes'],
  panels: [scopesPanel],
  /** The form is our own, since it also asks for scopes and shows the key. */
  create: ['name', 'networks', 'expiresAt'],
  buttons: [
    { name: 'rotate', href: (id) => `/api-keys/${id}/rotation`, right: 'edit', when: alive },
    { name: 'revoke', post: (id) => `/api-keys/${id}/revocation`, right: 'edit', confirm: true, when: alive },
  ],
  attributes: 'none',
  rights: { administrator: ['read', 'create', 'edit'] },
  /** A key that makes keys would outlive its own end. */
  reserved: ['create', 'edit'],
  verbs: { before: completed },
})

function alive({ state }: Values) {
  return state !== 'revoked'
}

/** Throws `InvalidFields`. */
export async function completed(values: Values): Promise<Values> {
  const complete = { ...values }
  if (typeof complete.networks === 'string') complete.networks = readNetworks(complete.networks, 'networks')
  if (complete.expiresAt instanceof Date && complete.expiresAt <= new Date()) throw InvalidFields.at('expiresAt', 'past')
  return complete
}
