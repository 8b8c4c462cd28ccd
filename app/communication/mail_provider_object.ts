import { createPrivateKey } from 'node:crypto'
import { row, sql, type Transaction } from '#core/database'
import { choice, defineObject, deleteRow, InvalidFields, integer, text, type Values } from '#core/objects'
import { isSigningSecret, sealed } from '#core/secrets'

const secrets = ['password', 'dkimKey', 'webhookSecret']
const HOST = /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/i

/** A way for mail to leave: the built-in inbox, or a server of one's own. */
export const mailProviderObject = defineObject({
  name: 'mail_provider',
  table: 'mail_providers',
  path: 'mail-providers',
  fields: {
    name: text({ required: true, sortable: true, max: 100 }),
    kind: choice(['smtp', 'capture'], { required: true, fixed: true }),
    host: text({ max: 253 }),
    port: integer(),
    security: choice(['starttls', 'tls', 'none'], { required: true }),
    username: text({ max: 200 }),
    password: text({ secret: true, max: 500 }),
    perMinute: integer(),
    bounceAddress: text({ format: 'email', max: 254 }),
    dkimDomain: text({ max: 253 }),
    dkimSelector: text({ max: 63 }),
    dkimKey: text({ secret: true, format: 'code', max: 10_000 }),
    webhookSecret: text({ secret: true, max: 200 }),
  },
  columns: ['id', 'createdAt', 'updatedAt', 'name', 'kind', 'host', 'perMinute'],
  create: [
    'name', 'kind', 'host', 'port', 'security', 'username', 'password', 'perMinute', 'bounceAddress', 'dkimDomain',
    'dkimSelector', 'dkimKey', 'webhookSecret',
  ],
  card: [
    'name', 'kind', 'host', 'port', 'security', 'username', 'password', 'perMinute', 'bounceAddress', 'dkimDomain',
    'dkimSelector', 'dkimKey', 'webhookSecret', 'createdAt', 'updatedAt',
  ],
  sort: 'id',
  rights: { administrator: ['read', 'create', 'edit', 'delete'], marketer: ['read'] },
  verbs: {
    before: check,
    remove: (id, trx) => deleteRow('mail_providers', id, trx),
  },
})

async function check(values: Values, trx: Transaction, id?: number): Promise<Values> {
  const before = id ? await row<{ kind: string }>(sql`select kind from mail_providers where id = ${id}`, trx) : undefined
  const kind = values.kind ?? before?.kind
  if (kind === 'smtp' && (!id || 'host' in values) && !values.host) throw InvalidFields.at('host', 'required')
  for (const name of ['host', 'dkimDomain', 'dkimSelector']) {
    if (values[name] && !HOST.test(values[name] as string)) throw InvalidFields.at(name, 'hostName')
  }
  for (const name of ['port', 'perMinute']) {
    if (values[name] !== null && values[name] !== undefined && (values[name] as number) < 1) throw InvalidFields.at(name, 'positive')
  }
  if (values.dkimKey) refuseBadKey(values.dkimKey as string)
  if (values.webhookSecret && !isSigningSecret(values.webhookSecret as string)) throw InvalidFields.at('webhookSecret', 'signingSecret')
  return withSealed(values)
}

function refuseBadKey(key: string) {
  try {
    if (createPrivateKey(key).asymmetricKeyType === 'rsa') return
  } catch {
    /* said below, in the language of the person */
  }
  throw InvalidFields.at('dkimKey', 'rsaKey')
}

function withSealed(values: Values): Values {
  const given = secrets.filter((name) => values[name])
  return { ...values, ...Object.fromEntries(given.map((name) => [name, sealed(values[name] as string)])) }
}
