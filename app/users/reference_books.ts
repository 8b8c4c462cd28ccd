import { book } from '#core/books'
import { flag, integer } from '#core/objects'
import { signals } from '#core/signals'

/** Reference books about customers (F16). A new customer is standard and active: these two are the first of their tables. */
export const userTypeObject = book({ name: 'user_type', table: 'user_types', path: 'user-types', builtIn: () => ['standard'] })

export const userStatusObject = book({
  name: 'user_status',
  table: 'user_statuses',
  path: 'user-statuses',
  fields: { allowsSending: flag() },
  builtIn: () => ['active', 'blocked', 'fraud', 'deleted'],
})

export const genderObject = book({ name: 'gender', table: 'genders', path: 'genders' })

export const channelObject = book({ name: 'channel', table: 'channels', path: 'channels', builtIn: () => ['email', 'sms', 'push'] })

export const unsubscribeCategoryObject = book({
  name: 'unsubscribe_category',
  table: 'unsubscribe_categories',
  path: 'unsubscribe-categories',
})

/** What the events of customers are called; the code is the name of a signal, or what front ends call theirs (`event/add`). */
export const eventTypeObject = book({
  name: 'event_type',
  table: 'event_types',
  path: 'event-types',
  fields: { limitCount: integer(), limitDays: integer() },
  builtIn: () => signals.all().map(({ name }) => name),
})
