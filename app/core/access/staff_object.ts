import { sql } from '#core/database'
import { choice, dateTime, defineObject, flag, text, type Values } from '#core/objects'
import { timezone } from '#core/settings'
import { inviteIfNew } from './links/invite.js'
import { placesPanel } from './places/places_panel.js'
import { completed } from './staff_rules.js'
import { roleChoice } from './roles/role_choice.js'
import { locales } from './staff.js'

/** Those who work here (F25). Customers are users. */
export const staffObject = defineObject({
  name: 'staff',
  table: 'staff',
  path: 'staff',
  search: (row) => sql`lower(${row}.name || ' ' || ${row}.email)`,
  find: { beside: ['email', 'role'] },
  fields: {
    name: text({ required: true, sortable: true, max: 200 }),
    email: text({ required: true, sortable: true, format: 'email', max: 320 }),
    role: roleChoice({ required: true, sortable: true }),
    active: flag({ required: true }),
    /** `lapsed`: invited, and the link is out of date. */
    state: choice(['active', 'invited', 'lapsed', 'off'], {
      readonly: true,
      sql: (person) => sql`case when not ${person}.active then 'off' when ${person}.password is not null then 'active'
        when exists (select from staff_links l where l.staff_id = ${person}.id and l.expires_at > now()) then 'invited' else 'lapsed' end`,
    }),
    twoSteps: flag({
      readonly: true,
      sql: (person) => sql`exists (select from staff_second_factors f where f.staff_id = ${person}.id)`,
    }),
    /** Nobody sets another's password: they are mailed a link. */
    password: text({ secret: true, readonly: true, max: 200 }),
    locale: choice(locales),
    timezone: timezone(),
    lastSeenAt: dateTime({ readonly: true, sortable: true }),
  },
  columns: ['id', 'name', 'email', 'role', 'state', 'twoSteps', 'lastSeenAt', 'createdAt'],
  sort: 'name',
  card: ['name', 'email', 'role', 'active', 'state', 'twoSteps', 'locale', 'timezone', 'lastSeenAt', 'createdAt'],
  tabs: ['access', 'history'],
  panels: [placesPanel],
  create: ['name', 'email', 'role', 'locale', 'timezone'],
  buttons: [
    { name: 'inviteAgain', post: (id) => `/staff/${id}/invitation`, right: 'edit', primary: true, when: isInvited },
    { name: 'withdraw', post: (id) => `/staff/${id}/invitation/end`, right: 'edit', confirm: true, when: isInvited },
    { name: 'sendRestore', post: (id) => `/staff/${id}/restore`, right: 'edit', confirm: true, when: ({ state }) => state === 'active' },
    { name: 'resetTwoSteps', post: (id) => `/staff/${id}/two-steps/end`, right: 'edit', confirm: true, when: ({ twoSteps }) => twoSteps === true },
  ],
  rights: { administrator: ['read', 'create', 'edit'] },
  /** Who lets people in, or changes what they may do, could let in anybody as anything. */
  reserved: ['create', 'edit'],
  verbs: { before: completed, after: (id, _values, trx, actor) => inviteIfNew(id, trx, actor) },
})

function isInvited({ state }: Values) {
  return state === 'invited' || state === 'lapsed'
}
