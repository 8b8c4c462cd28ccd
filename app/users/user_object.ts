import { identifier, sql, type Sql } from '#core/database'
import { belongsTo, choice, date, dateTime, defineObject, flag, integer, money, text } from '#core/objects'
import { byIdentifier } from './find_by_identifier.js'
import { importRules } from './import_users.js'
import { blockMany, labelMany, markManyAsFraud, unblockMany, unlabelMany } from './bulk_actions.js'
import { keepConsents } from './consents/keep_consents.js'
import { refuseOfWithdrawn } from './consents/refuse_withdrawn.js'
import { regimes } from './consents/regime.js'
import { defaultsOfUser } from './defaults.js'
import { eraseFromTrash, letGo } from './erase_from_trash.js'
import { accountButtons, accountFields } from './accounts/on_card.js'
import { spelledAs } from './identifiers/spelled_as.js'
import { standingButtons } from './standing/buttons.js'
import { standingOf, standings } from './standing/standing.js'

/** A figure of the customer's row in `user_stats`; null for those who have none. */
const stat = (column: string) => (row: Sql) =>
  sql`(select s.${identifier(column)} from user_stats s where s.user_id = ${row}.id)`

/** The active address of a type: what a call centre dials, and what mail goes to. */
const contact = (type: 'phone' | 'email') => (row: Sql) =>
  sql`(select i.value from user_identifiers i where i.user_id = ${row}.id and i.type = ${type} and i.active limit 1)`

/** Full years. */
const age = (row: Sql) => sql`extract(year from age(${row}.birth_date))::bigint`

/** The customer (F18, F19). The documents call customers users; those who work here are staff. */
export const userObject = defineObject({
  name: 'user',
  table: 'users',
  path: 'users',
  personalTitle: true,
  title: (row) => sql`coalesce(nullif(concat_ws(' ', ${row}.surname, ${row}.given_name, ${row}.middle_name), ''),
    ${row}.external_id, '№ ' || ${row}.id)`,
  trash: true,
  aliases: { table: 'user_aliases', id: 'user_id' },
  search: (row) => sql`lower(coalesce(${row}.surname, '') || ' ' || coalesce(${row}.given_name, '') || ' ' ||
    coalesce(${row}.middle_name, ''))`,
  searched: ['surname', 'givenName', 'middleName'],
  find: { keys: ['externalId'], also: byIdentifier, beside: ['birthDate', 'status', 'externalId'] },
  fields: {
    surname: text({ sortable: true, personal: true }),
    givenName: text({ sortable: true, personal: true }),
    middleName: text({ personal: true }),
    type: belongsTo('user_type', { sortable: true, initial: 1 }),
    status: belongsTo('user_status', { sortable: true, initial: 1 }),
    standing: choice(standings, { sql: standingOf }),
    blockedUntil: dateTime({ readonly: true }),
    statusReason: text({ readonly: true, max: 300 }),
    erasedAt: dateTime({ readonly: true }),
    gender: belongsTo('gender', { sortable: true }),
    birthDate: date({ sortable: true, personal: true }),
    age: integer({ sql: age, personal: true }),
    mainPhone: text({ sql: contact('phone'), personal: true, copied: true, spelled: spelledAs(['phone']) }),
    mainEmail: text({ sql: contact('email'), personal: true, copied: true, spelled: spelledAs(['email']) }),
    isTest: flag(),
    externalId: text({ sortable: true, copied: true }),
    locale: choice(['ru', 'en']),
    registrationSource: belongsTo('source', { sortable: true }),
    ...accountFields,
    personalDataAgree: flag(),
    communicationAgree: flag(),
    communicationRegime: choice(regimes, { initial: 'except' }),
    receiptsCount: integer({ sql: stat('receipts_count') }),
    receiptsTotal: money({ sql: stat('receipts_total') }),
    firstReceiptAt: dateTime({ sql: stat('first_receipt_at') }),
    lastReceiptAt: dateTime({ sql: stat('last_receipt_at') }),
  },
  columns: ['id', 'createdAt', 'updatedAt', 'surname', 'givenName', 'middleName', 'type', 'status', 'birthDate', 'isTest'],
  sort: '-createdAt',
  card: [
    'surname', 'givenName', 'middleName', 'birthDate', 'age', 'gender', 'mainPhone', 'mainEmail', 'locale', 'receiptsTotal',
    'receiptsCount', 'lastReceiptAt', 'firstReceiptAt', 'status', 'blockedUntil', 'statusReason', 'type', 'personalDataAgree', 'communicationAgree',
    'communicationRegime', 'isTest',
    'externalId', 'registrationSource', 'hasPassword', 'signedIn', 'createdAt', 'updatedAt',
  ],
  bulk: [labelMany, unlabelMany, blockMany, unblockMany, markManyAsFraud],
  buttons: [...standingButtons, ...accountButtons],
  groups: {
    person: ['surname', 'givenName', 'middleName', 'birthDate', 'age', 'gender'],
    contacts: ['mainPhone', 'mainEmail', 'personalDataAgree', 'communicationAgree', 'communicationRegime', 'locale'],
    purchases: ['receiptsTotal', 'receiptsCount', 'lastReceiptAt', 'firstReceiptAt'],
    standing: ['status', 'blockedUntil', 'statusReason', 'type', 'isTest', 'externalId', 'registrationSource', 'hasPassword', 'signedIn'],
  },
  tabs: ['loyalty', 'communication', 'segments', 'events', 'documents'],
  closed: ({ erasedAt }) => Boolean(erasedAt),
  create: ['surname', 'givenName', 'middleName', 'birthDate', 'gender', 'type', 'status', 'isTest', 'externalId'],
  rights: { marketer: ['read', 'create', 'edit', 'delete', 'export', 'import', 'personal'], viewer: ['read', 'reveal'] },
  importable: importRules,
  segmentable: true,
  verbs: { admit: refuseOfWithdrawn, before: defaultsOfUser, after: keepConsents, alone: true, release: letGo, remove: eraseFromTrash },
})
