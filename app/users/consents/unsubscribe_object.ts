import { sql } from '#core/database'
import { belongsTo, defineObject } from '#core/objects'
import { origin } from './origin.js'
import { byActor } from './said_by.js'
import { keptByHand, removedByHand } from './unsubscriptions.js'

/** A channel, a category or both that a customer does not want (F37); empty means all of them. */
export const unsubscribeObject = defineObject({
  name: 'unsubscribe',
  table: 'user_unsubscribes',
  without: ['updatedAt'],
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', {
      own: true,
      many: 'unsubscribes',
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
    after: keptByHand('unsubscribe'),
    remove: removedByHand('unsubscribe'),
  },
})
