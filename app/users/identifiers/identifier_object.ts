import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, flag, text } from '#core/objects'
import { toStopList } from '../bulk_actions.js'
import { spelledAs } from './spelled_as.js'
import { identifierByHand } from './written_by_hand.js'

/** Kinds of identifiers (F25): addresses to write to, and numbers to know a customer by. */
export const identifierTypes = ['email', 'phone', 'card', 'plate', 'telegram', 'whatsapp', 'viber', 'vk'] as const

export const identifierObject = defineObject({
  name: 'identifier',
  table: 'user_identifiers',
  path: 'identifiers',
  personalTitle: true,
  title: (row) => sql`${row}.value`,
  fields: {
    user: belongsTo('user', {
      many: 'identifiers',
      tab: 'header',
      columns: ['id', 'createdAt', 'updatedAt', 'type', 'value', 'confirmed', 'confirmedAt', 'active'],
      opens: { field: 'active', operator: 'equal', value: ['1'] },
      own: true,
      required: true,
      fixed: true,
    }),
    type: choice(identifierTypes, { required: true, fixed: true }),
    value: text({ required: true, fixed: true, personal: true, copied: true, spelled: spelledAs(identifierTypes) }),
    confirmed: flag(),
    confirmedAt: dateTime({ readonly: true }),
    active: flag(),
    enteredAt: dateTime({ readonly: true }),
    deliverable: choice(['ok', 'soft', 'blocked'], { readonly: true }),
    blockedReason: text({ readonly: true }),
  },
  columns: ['id', 'createdAt', 'user', 'type', 'value', 'confirmed', 'active', 'deliverable'],
  create: ['user', 'type', 'value', 'confirmed'],
  small: true,
  rowButtons: [{ name: 'sendTicket', icon: 'send', post: (id) => `/identifiers/${id}/tickets`, right: 'edit' }],
  bulk: [toStopList],
  rights: { marketer: ['read', 'create', 'edit', 'export', 'personal'], viewer: ['read', 'reveal'] },
  segmentable: true,
  verbs: { before: identifierByHand },
})
