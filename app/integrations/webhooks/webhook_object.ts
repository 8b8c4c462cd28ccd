import { sql, type Transaction } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, deleteRow, flag, InvalidFields, text, type Actor, type Values } from '#core/objects'
import { CallRefused, targetOf } from '#core/outbound'
import { newSigningSecret, sealed } from '#core/secrets'
import { signalsPanel } from './signals_panel.js'

/** An address of another system that is told of signals as they happen. */
export const webhookObject = defineObject({
  name: 'webhook',
  table: 'webhooks',
  path: 'webhooks',
  fields: {
    name: text({ required: true, sortable: true, max: 200 }),
    url: text({ required: true, max: 2000, copied: true }),
    everySignal: flag({ initial: true }),
    source: belongsTo('source', { many: 'webhooks' }),
    consentingOnly: flag(),
    active: flag({ initial: true }),
    state: choice(['on', 'silent', 'off', 'gone'], {
      sql: (webhook) => sql`case when ${webhook}.active and (${webhook}.every_signal or ${webhook}.signals <> '{}') then 'on' when ${webhook}.active then 'silent'
        when ${webhook}.gone_at is not null then 'gone' else 'off' end`,
    }),
    goneAt: dateTime({ readonly: true }),
    signingSecret: text({ column: 'secret', secret: true, readonly: true }),
    formerUntil: dateTime({ readonly: true }),
    staff: belongsTo('staff', { readonly: true, many: 'webhooks' }),
  },
  columns: ['id', 'name', 'url', 'state', 'everySignal', 'source', 'createdAt'],
  card: ['name', 'url', 'state', 'active', 'everySignal', 'source', 'consentingOnly', 'goneAt', 'formerUntil', 'staff', 'createdAt', 'updatedAt'],
  create: ['name', 'url', 'everySignal', 'source', 'consentingOnly'],
  tabs: ['messages', 'signals'],
  panels: [signalsPanel],
  buttons: [
    { name: 'test', post: (id) => `/webhooks/${id}/tests`, right: 'edit', primary: true, when: ({ active }) => active === true },
    { name: 'replayFailed', post: (id) => `/webhooks/${id}/replays`, right: 'edit', confirm: true },
    { name: 'secret', post: (id) => `/webhooks/${id}/secret`, right: 'edit' },
    { name: 'rotate', href: (id) => `/webhooks/${id}/rotation`, right: 'edit' },
  ],
  attributes: 'none',
  rights: { administrator: ['read', 'create', 'edit', 'delete'] },
  /** Whoever may say where events go could read all that happens. */
  reserved: ['create', 'edit'],
  verbs: {
    before: checked,
    remove: (id, trx) => deleteRow('webhooks', id, trx),
  },
})

/** The address must be one that the product calls at all; a new webhook gets its secret. Throws `InvalidFields`. */
async function checked(values: Values, _trx: Transaction, id?: number, actor?: Actor): Promise<Values> {
  if (values.url) refuseUncallable(values.url as string)
  if (id) return values.active ? { ...values, goneAt: null } : values
  return { ...values, signingSecret: sealed(newSigningSecret()), staff: actor?.staffId ?? null }
}

function refuseUncallable(url: string) {
  try {
    targetOf(url)
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error
    throw InvalidFields.at('url', 'uncallable', error.params)
  }
}
