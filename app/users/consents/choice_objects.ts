import { sql } from '#core/database'
import { belongsTo, defineObject } from '#core/objects'
import { origin } from './origin.js'
import { byActor } from './said_by.js'
import { keptByHand, lists, removedByHand, type List } from './unsubscriptions.js'

/** Channels, categories or both of a customer; empty means all of them. */
const choiceObject = (name: string, list: List, many: string) =>
  defineObject({
    name,
    table: lists[list],
    without: ['updatedAt'],
    title: (row) => sql`'№ ' || ${row}.id`,
    fields: {
      user: belongsTo('user', {
        own: true,
        many,
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
      after: keptByHand(list),
      remove: removedByHand(list),
    },
  })

/** What a customer does not want (F37). */
export const unsubscribeObject = choiceObject('unsubscribe', 'unsubscribe', 'unsubscribes')

/** What a customer chose under the regime "agree only to" (F35). */
export const subscriptionObject = choiceObject('subscription', 'subscribe', 'subscriptions')
