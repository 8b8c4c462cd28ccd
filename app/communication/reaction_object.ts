import { sql } from '#core/database'
import { belongsTo, choice, defineObject, flag, text } from '#core/objects'

export const reactionKinds = ['open', 'click', 'soft_bounce', 'hard_bounce', 'complaint', 'unsubscribe'] as const

export const reactionTones = { open: 'accent', click: 'good', soft_bounce: 'warn', hard_bounce: 'bad', complaint: 'bad', unsubscribe: 'warn' } as const

export type ReactionKind = (typeof reactionKinds)[number]

/** What a customer did with a mail, or what a mail server reported of it; lets segments ask who opened and who clicked (F64). */
export const reactionObject = defineObject({
  name: 'reaction',
  table: 'reactions',
  path: 'reactions',
  quick: 'kind',
  without: ['updatedAt'],
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', { many: 'reactions', colocated: true, readonly: true }),
    communication: belongsTo('communication', { many: 'reactions', readonly: true }),
    send: belongsTo('send', { many: 'reactions', readonly: true }),
    kind: choice(reactionKinds, { readonly: true, tones: reactionTones }),
    link: text({ sql: (row) => sql`(select l.url from send_links l where l.id = ${row}.link_id)` }),
    bot: flag({ readonly: true }),
    /** Servers repeat the address in their reports. */
    note: text({ readonly: true, personal: true }),
  },
  attributes: 'none',
  columns: ['id', 'createdAt', 'user', 'kind', 'communication', 'link', 'bot', 'note'],
  card: ['user', 'communication', 'send', 'kind', 'link', 'bot', 'note', 'createdAt'],
  rights: { marketer: ['read', 'export', 'personal'], viewer: ['read', 'reveal'] },
})
