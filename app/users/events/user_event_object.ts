import { sql, type Sql } from '#core/database'
import { nameIn } from '#core/books'
import { belongsTo, dateTime, defineObject } from '#core/objects'
import { method } from '../consents/origin.js'

/** The event type of an event: the one that is called by its signal, or as the front end that told of it said. */
const eventType = (answer: Sql) => (event: Sql) => sql`(
  select ${answer} from event_types e where e.code = case when ${event}.signal = 'event.add' then ${event}.payload ->> 'type' else ${event}.signal end
)`

/** Of a call it is the source that was called; what followed from one says it itself. */
const sourceOf = (event: Sql) => sql`(
  select s.id from sources s where s.code = ${event}.source or (${event}.source is null and s.id::text = ${event}.payload ->> 'sourceId')
)`

/** What happened to a customer, as the signals of all sections told it (F23). */
export const userEventObject = defineObject({
  name: 'user_event',
  table: 'user_events',
  without: ['createdAt', 'updatedAt'],
  title: (event, locale) => sql`coalesce(${eventType(nameIn(sql`e`, locale))(event)}, ${event}.signal)`,
  fields: {
    user: belongsTo('user', {
      many: 'events',
      tab: 'events',
      columns: ['occurredAt', 'type', 'source', 'method'],
      sort: '-occurredAt',
    }),
    occurredAt: dateTime({ sortable: true }),
    type: belongsTo('event_type', { sql: eventType(sql`e.id`) }),
    source: belongsTo('source', { sql: sourceOf }),
    method: method(),
  },
  sort: '-occurredAt',
  attributes: 'none',
  rights: { marketer: ['read', 'export'], viewer: ['read'] },
})
