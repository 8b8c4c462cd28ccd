import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, eachRow, integer, text } from '#core/objects'
import { messagePanel } from './message_panel.js'
import { replay } from './replay.js'
import { signalName } from './signal_name.js'

/** Why a try does not count: the answer, the way there, or the address itself (#core/outbound). */
export const reasons = [
  'status', 'timeout', 'unreachable', 'tooLarge', 'cancelled', 'address', 'scheme', 'port', 'host', 'url', 'credentials',
] as const

/** One event told to one webhook, with its tries: the log of deliveries. */
export const webhookMessageObject = defineObject({
  name: 'webhook_message',
  table: 'webhook_messages',
  path: 'webhook-messages',
  without: ['updatedAt'],
  title: (message) => sql`'№ ' || ${message}.id`,
  fields: {
    webhook: belongsTo('webhook', {
      many: 'messages',
      tab: 'messages',
      columns: ['id', 'createdAt', 'signal', 'user', 'state', 'tries', 'status', 'deliveredAt'],
      readonly: true,
    }),
    signal: signalName({ readonly: true }),
    user: belongsTo('user', { many: 'webhookMessages', readonly: true }),
    state: choice(['waiting', 'sending', 'delivered', 'failed'], { readonly: true }),
    tries: integer({ readonly: true }),
    status: integer({ readonly: true }),
    reason: choice(reasons, { readonly: true }),
    nextTryAt: dateTime({ readonly: true }),
    deliveredAt: dateTime({ readonly: true }),
    eventKey: text({ readonly: true, copied: true }),
  },
  columns: ['id', 'createdAt', 'webhook', 'signal', 'user', 'state', 'tries', 'status', 'reason', 'nextTryAt'],
  tabs: ['tries'],
  panels: [messagePanel],
  buttons: [{ name: 'replay', post: (id) => `/webhook-messages/${id}/replays`, right: 'edit', primary: true }],
  bulk: [{ name: 'replay', icon: 'refresh', right: 'edit', run: eachRow((id, { trx }) => replay(id, trx)) }],
  attributes: 'none',
  rights: { administrator: ['read', 'edit', 'export'] },
})
