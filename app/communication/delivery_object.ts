import { sql, type Sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, integer, text } from '#core/objects'

export const deliveryStates = ['queued', 'sending', 'sent', 'deferred', 'failed', 'bounced', 'skipped', 'cancelled'] as const

/** How far a customer went: the strongest thing that is known of this mail (F22). */
const reaction = (row: Sql) => sql`(
  select r.kind from reactions r
  where r.user_id = ${row}.user_id and r.send_id = ${row}.send_id and not r.bot
  order by array_position(array['complaint', 'unsubscribe', 'hard_bounce', 'click', 'open', 'soft_bounce'], r.kind) limit 1
)`

/** One mail to one address of one customer. */
export const deliveryObject = defineObject({
  name: 'delivery',
  table: 'deliveries',
  personalTitle: true,
  title: (row) => sql`${row}.address`,
  fields: {
    user: belongsTo('user', {
      many: 'deliveries',
      tab: 'communication',
      columns: ['id', 'createdAt', 'address', 'communication', 'state', 'reaction', 'sentAt'],
      colocated: true,
      readonly: true,
    }),
    communication: belongsTo('communication', {
      many: 'deliveries',
      tab: 'deliveries',
      columns: ['id', 'user', 'address', 'state', 'reaction', 'sentAt', 'answer'],
      readonly: true,
    }),
    send: belongsTo('send', { many: 'deliveries', readonly: true }),
    address: text({ readonly: true, personal: true }),
    state: choice(deliveryStates, { readonly: true }),
    reaction: choice(['open', 'click', 'soft_bounce', 'hard_bounce', 'complaint', 'unsubscribe'], { sql: reaction }),
    tries: integer({ readonly: true }),
    sentAt: dateTime({ readonly: true }),
    /** Servers repeat the address in their answers. */
    answer: text({ readonly: true, personal: true }),
  },
  attributes: 'none',
  rights: { marketer: ['read', 'export', 'personal'], viewer: ['read', 'reveal'] },
})
