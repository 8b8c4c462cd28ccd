import { sql } from '#core/database'
import { belongsTo, choice, defineObject, flag, text } from '#core/objects'

/** What a customer did with a mail, or what a mail server reported of it; lets segments ask who opened and who clicked (F64). */
export const reactionObject = defineObject({
  name: 'reaction',
  table: 'reactions',
  without: ['updatedAt'],
  title: (row) => sql`${row}.kind`,
  fields: {
    user: belongsTo('user', { many: 'reactions', colocated: true, readonly: true }),
    communication: belongsTo('communication', { many: 'reactions', readonly: true }),
    send: belongsTo('send', { many: 'reactions', readonly: true }),
    kind: choice(['open', 'click', 'soft_bounce', 'hard_bounce', 'complaint', 'unsubscribe'], { readonly: true }),
    bot: flag({ readonly: true }),
    note: text({ readonly: true }),
  },
  attributes: 'none',
  rights: { marketer: ['read', 'export'], viewer: ['read'] },
})
