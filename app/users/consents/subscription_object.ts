import { sql } from '#core/database'
import { belongsTo, defineObject } from '#core/objects'
import { origin } from './origin.js'
import { byActor } from './said_by.js'
import { keptByHand, removedByHand } from './unsubscriptions.js'

/** What a customer chose under the regime "agree only to" (F35); empty means every channel, every category. */
export const subscriptionObject = defineObject({
  name: 'subscription',
  table: 'user_subscriptions',
  without: ['updatedAt'],
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', {
      own: true,
      many: 'subscriptions',
      tab: 'header',
      columns: ['id', 'createdAt', 'channel', 'category', 'source'],
      required: true,
      fixed: true,
    }),
    channel: belongsTo('channel', { fixed: true }),
    category: belongsTo('unsubscribe_category', { fixed: true }),
    source: origin({ readonly: true }),
  },
  create: ['user', 'channel', 'category'],
  small: true,
  rights: { marketer: ['read', 'create', 'edit', 'delete', 'export'], viewer: ['read'] },
  verbs: {
    before: async (values, _trx, id, actor) => (id ? values : { ...values, source: byActor(actor!).source }),
    after: keptByHand('subscribe'),
    remove: removedByHand('subscribe'),
  },
})
