import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject } from '#core/objects'
import { signals } from '#core/signals'

/** What happened to a customer, as the signals of all sections told it (F23). */
export const userEventObject = defineObject({
  name: 'user_event',
  table: 'user_events',
  without: ['createdAt', 'updatedAt'],
  title: (row) => sql`${row}.signal`,
  fields: {
    user: belongsTo('user', {
      many: 'events',
      tab: 'events',
      columns: ['occurredAt', 'signal'],
      sort: '-occurredAt',
    }),
    occurredAt: dateTime({ sortable: true }),
    signal: choice(() => signals.all().map((signal) => signal.name)),
  },
  sort: '-occurredAt',
  rights: { marketer: ['read', 'export'], viewer: ['read'] },
})
