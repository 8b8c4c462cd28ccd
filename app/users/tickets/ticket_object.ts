import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, flag, integer, text } from '#core/objects'
import { purposes } from './purpose.js'

/** Codes and links that were sent to a customer (F20). The value itself is known to nobody. */
export const ticketObject = defineObject({
  name: 'ticket',
  table: 'user_tickets',
  path: 'tickets',
  attributes: 'none',
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', {
      many: 'tickets',
      tab: 'header',
      columns: ['id', 'createdAt', 'updatedAt', 'identifier', 'value', 'purpose', 'confirmed', 'tries', 'expiresAt', 'generator'],
      readonly: true,
    }),
    identifier: text({
      sql: (row) => sql`(select i.value from user_identifiers i where i.user_id = ${row}.user_id and i.id = ${row}.identifier_id)`,
      personal: true,
    }),
    value: text({ sql: (row) => sql`case when ${row}.code_hash is null and ${row}.link_hash is null then null else '••••••' end` }),
    purpose: choice(purposes, { readonly: true }),
    confirmed: flag({ readonly: true }),
    confirmedAt: dateTime({ readonly: true }),
    tries: integer({ readonly: true }),
    generator: belongsTo('ticket_generator', {
      readonly: true,
      many: 'tickets',
      tab: 'tickets',
      columns: ['id', 'createdAt', 'user', 'identifier', 'purpose', 'confirmed', 'expiresAt'],
    }),
    source: belongsTo('source', { readonly: true }),
    expiresAt: dateTime({ readonly: true }),
    voidedAt: dateTime({ readonly: true }),
  },
  columns: ['id', 'createdAt', 'user', 'identifier', 'value', 'purpose', 'confirmed', 'generator', 'expiresAt'],
  card: [
    'user', 'identifier', 'value', 'purpose', 'confirmed', 'confirmedAt', 'tries', 'generator', 'source', 'expiresAt', 'voidedAt', 'createdAt',
    'updatedAt',
  ],
  rights: { marketer: ['read', 'personal'], viewer: ['read', 'reveal'] },
})
