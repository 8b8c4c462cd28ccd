import { choice, dateTime, defineObject, flag, text } from '#core/objects'
import { completed } from './staff_rules.js'
import { roleChoice } from './roles/role_choice.js'
import { locales } from './staff.js'

/** Those who work here (F25). Customers are users. */
export const staffObject = defineObject({
  name: 'staff',
  table: 'staff',
  path: 'staff',
  fields: {
    name: text({ required: true, sortable: true, max: 200 }),
    email: text({ required: true, sortable: true, format: 'email', max: 320 }),
    role: roleChoice({ required: true, sortable: true }),
    active: flag({ required: true }),
    password: text({ secret: true, max: 200 }),
    locale: choice(locales),
    timezone: text({ max: 64 }),
    lastSeenAt: dateTime({ readonly: true, sortable: true }),
  },
  columns: ['id', 'name', 'email', 'role', 'active', 'lastSeenAt', 'createdAt'],
  sort: 'name',
  card: ['name', 'email', 'role', 'active', 'password', 'locale', 'timezone', 'lastSeenAt', 'createdAt'],
  tabs: ['history'],
  create: ['name', 'email', 'role', 'password', 'locale', 'timezone'],
  rights: { administrator: ['read', 'create', 'edit'] },
  verbs: { before: completed },
})
