import { sql } from '#core/database'
import { belongsTo, choice, date, dateTime, defineObject, text, worded, type FieldDraft, type Reader } from '#core/objects'
import { origin } from '../consents/origin.js'

declare module '#core/objects' {
  interface Actions {
    carryOut: true
  }
}

/** What staff wrote down, or a code of what the product itself did. */
function reason(): FieldDraft {
  const draft = text({ required: true, fixed: true, max: 500 })
  const show = (said: string, _field: unknown, reader: Reader) => worded(reader, `privacy_request.reasons.${said}`) ?? said
  return { ...draft, type: { ...draft.type, show } }
}

/** What a customer asked of their data (F39): to have it erased, to be given a copy; due within ten working days. */
export const privacyRequestObject = defineObject({
  name: 'privacy_request',
  table: 'privacy_requests',
  path: 'privacy-requests',
  title: (row) => sql`'№ ' || ${row}.id`,
  fields: {
    user: belongsTo('user', { required: true, fixed: true, many: 'privacyRequests', tab: 'header', columns: ['id', 'createdAt', 'kind', 'state', 'dueOn', 'doneAt'] }),
    kind: choice(['erasure', 'export'], { required: true, fixed: true }),
    reason: reason(),
    locale: choice(['ru', 'en'], { fixed: true }),
    state: choice(['open', 'running', 'done', 'refused'], { readonly: true }),
    dueOn: date({ readonly: true, sortable: true }),
    source: origin({ readonly: true }),
    answer: text({ format: 'multiline', max: 2000 }),
    staff: belongsTo('staff', { readonly: true }),
    doneBy: belongsTo('staff', { readonly: true }),
    doneAt: dateTime({ readonly: true }),
  },
  columns: ['id', 'createdAt', 'user', 'kind', 'state', 'dueOn', 'reason', 'source', 'doneAt'],
  sort: '-createdAt',
  card: ['user', 'kind', 'reason', 'locale', 'state', 'dueOn', 'source', 'answer', 'createdAt', 'staff', 'doneBy', 'doneAt'],
  create: ['user', 'kind', 'reason', 'locale'],
  buttons: [
    { name: 'carryOut', post: (id) => `/privacy-requests/${id}/executions`, right: 'carryOut', primary: true, confirm: true, when: asksFor('erasure') },
    { name: 'prepare', post: (id) => `/privacy-requests/${id}/executions`, right: 'carryOut', primary: true, when: asksFor('export') },
    { name: 'refuse', post: (id) => `/privacy-requests/${id}/refusals`, right: 'carryOut', confirm: true, when: open },
    { name: 'act', href: (id) => `/privacy-requests/${id}/act`, right: 'read', when: ({ state, kind }) => state === 'done' && kind === 'erasure' },
    { name: 'file', href: (id) => `/privacy-requests/${id}/file`, right: 'carryOut', when: ({ state, kind }) => state === 'done' && kind === 'export' },
  ],
  actions: ['carryOut'],
  attributes: 'none',
  rights: { administrator: ['read', 'create', 'edit', 'export', 'carryOut'], marketer: ['read', 'create'] },
  verbs: { before: async (values, _trx, id, actor) => (id ? values : { ...values, source: 'back_office', staff: actor?.staffId ?? null }) },
})

function open({ state }: Record<string, unknown>) {
  return state === 'open'
}

/** A copy is made at once; what destroys is asked about first. */
function asksFor(wanted: 'erasure' | 'export') {
  return (values: Record<string, unknown>) => open(values) && values.kind === wanted
}
