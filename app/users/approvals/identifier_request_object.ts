import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, text, type Values } from '#core/objects'
import { identifierTypes } from '../identifiers/identifier_object.js'
import { spelledAs } from '../identifiers/spelled_as.js'

declare module '#core/objects' {
  interface Actions {
    decide: true
  }
}

const spelled = spelledAs(identifierTypes)

/** A contact that a customer wants to have, and that waits until staff agree (F33). */
export const identifierRequestObject = defineObject({
  name: 'identifier_request',
  table: 'identifier_requests',
  path: 'identifier-requests',
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', {
      readonly: true,
      many: 'identifierRequests',
      tab: 'header',
      columns: ['id', 'createdAt', 'type', 'former', 'value', 'state', 'decidedAt', 'decidedBy'],
    }),
    type: choice(identifierTypes, { readonly: true }),
    former: text({ readonly: true, personal: true, spelled }),
    value: text({ readonly: true, personal: true, copied: true, spelled }),
    comment: text({ readonly: true, personal: true, max: 500 }),
    state: choice(['open', 'approved', 'declined', 'withdrawn'], { readonly: true }),
    answer: text({ readonly: true, personal: true, format: 'multiline', max: 500, required: true }),
    source: belongsTo('source', { readonly: true }),
    decidedBy: belongsTo('staff', { readonly: true }),
    decidedAt: dateTime({ readonly: true }),
  },
  columns: ['id', 'createdAt', 'user', 'type', 'former', 'value', 'state', 'decidedAt', 'decidedBy'],
  sort: '-createdAt',
  quick: 'state',
  card: ['user', 'type', 'former', 'value', 'comment', 'state', 'answer', 'createdAt', 'source', 'decidedAt', 'decidedBy'],
  buttons: [
    { name: 'approve', post: (id) => `/identifier-requests/${id}/approvals`, right: 'decide', primary: true, when: open },
    { name: 'decline', href: (id) => `/identifier-requests/${id}/declines/create`, right: 'decide', when: open },
  ],
  actions: ['decide'],
  attributes: 'none',
  rights: { administrator: ['read', 'export', 'personal', 'decide'], marketer: ['read', 'export', 'personal', 'decide'], viewer: ['read', 'reveal'] },
})

function open({ state }: Values) {
  return state === 'open'
}
