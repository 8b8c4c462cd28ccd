import { sql } from '#core/database'
import { belongsTo, choice, defineObject, integer, text } from '#core/objects'
import { reasons } from './webhook_message_object.js'

/** One try to deliver a message, and what was answered. */
export const webhookTryObject = defineObject({
  name: 'webhook_try',
  table: 'webhook_tries',
  without: ['updatedAt'],
  title: (one) => sql`'№ ' || ${one}.id`,
  fields: {
    message: belongsTo('webhook_message', {
      many: 'attempts',
      tab: 'tries',
      columns: ['createdAt', 'status', 'reason', 'milliseconds', 'answer'],
      readonly: true,
    }),
    status: integer({ readonly: true }),
    reason: choice(reasons, { readonly: true }),
    milliseconds: integer({ readonly: true }),
    answer: text({ readonly: true }),
  },
  attributes: 'none',
  rights: { administrator: ['read'] },
})
