import { sql, type Sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, flag, integer, text } from '#core/objects'
import { spelledAs } from '#app/users'
import { mailPanel } from './mail_panel.js'
import { reactionKinds, reactionTones, type ReactionKind } from './reaction_object.js'

const deliveryStates = ['queued', 'sending', 'sent', 'deferred', 'failed', 'bounced', 'skipped', 'cancelled'] as const

const deliveryTones = { sending: 'accent', sent: 'good', deferred: 'warn', failed: 'bad', bounced: 'bad' } as const

/** What people, not machines, did with this mail. */
const ofMail = (row: Sql) =>
  sql`reactions r where r.user_id = ${row}.user_id and r.send_id = ${row}.send_id and r.identifier_id = ${row}.identifier_id and not r.bot`

/** How far a customer went: the strongest thing that is known of this mail (F22). */
const reaction = (row: Sql) => sql`(
  select r.kind from ${ofMail(row)}
  order by array_position(array['complaint', 'unsubscribe', 'hard_bounce', 'click', 'open', 'soft_bounce'], r.kind) limit 1
)`

/** The lists behind the figures of a mailing ask by these (`mails_behind.ts`). */
const reacted = (kind: ReactionKind) => flag({ sql: (row) => sql`exists (select 1 from ${ofMail(row)} and r.kind = ${kind})` })

/** One mail to one address of one customer; nobody writes one by hand. */
export const deliveryObject = defineObject({
  name: 'delivery',
  table: 'deliveries',
  path: 'deliveries',
  quick: 'state',
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
    send: belongsTo('send', { many: 'deliveries', readonly: true, sortable: true }),
    address: text({ readonly: true, personal: true, spelled: spelledAs(['email']) }),
    state: choice(deliveryStates, { readonly: true, tones: deliveryTones }),
    reaction: choice(reactionKinds, { sql: reaction, tones: reactionTones }),
    opened: reacted('open'),
    clicked: reacted('click'),
    complained: reacted('complaint'),
    unsubscribed: reacted('unsubscribe'),
    tries: integer({ readonly: true }),
    sentAt: dateTime({ readonly: true }),
    /** Servers repeat the address in their answers. */
    answer: text({ readonly: true, personal: true }),
  },
  attributes: 'none',
  columns: ['id', 'createdAt', 'user', 'state', 'reaction', 'communication', 'address', 'sentAt', 'answer'],
  card: ['user', 'address', 'communication', 'send', 'state', 'reaction', 'sentAt', 'tries', 'answer', 'createdAt'],
  tabs: ['reactions'],
  panels: [mailPanel],
  rights: { marketer: ['read', 'export', 'personal'], viewer: ['read', 'reveal'] },
})
