import { sql, type Sql } from '#core/database'
import { choice, dateTime, defineObject, flag, integer, keepIfPointedAt, money, text, type ObjectDefinition } from '#core/objects'
import { checkCampaign } from './check_campaign.js'
import { launchPanel } from './launch_panel.js'
import { mainContacts } from './rules.js'

const sources = (row: Sql) => sql`(select count(*) from sources s where s.campaign_id = ${row}.id)`

/** What registration asks for (F28). */
const registration = ['needsPhone', 'needsEmail', 'mainContact', 'needsName']

/** What accounts of customers are like at its sources. */
const accounts = [
  'sessionDays', 'sessionIdleDays', 'passwordLength', 'editsName', 'editsBirthDate', 'editsGender', 'editsContacts', 'approvesContacts', 'openFields',
]

/** A marketing campaign (F66, F67): what it is for, when it runs, which sources lead into it, and what registration in it asks for. */
export const campaignObject: ObjectDefinition = defineObject({
  name: 'campaign',
  table: 'campaigns',
  path: 'campaigns',
  search: (row) => sql`lower(${row}.name || ' ' || ${row}.code)`,
  find: { keys: ['code'], beside: ['code', 'startsAt', 'endsAt'] },
  fields: {
    name: text({ required: true, sortable: true, max: 200 }),
    code: text({ max: 60 }),
    description: text({ format: 'multiline', max: 5000 }),
    goal: text({ max: 500 }),
    budget: money(),
    startsAt: dateTime({ sortable: true }),
    endsAt: dateTime({ sortable: true }),
    active: flag({ initial: true }),
    needsPhone: flag({ initial: true }),
    needsEmail: flag({ initial: true }),
    mainContact: choice(mainContacts, { required: true, initial: 'phone' }),
    needsName: flag({ initial: true }),
    sessionDays: integer({ required: true, initial: 365 }),
    sessionIdleDays: integer({ required: true, initial: 30 }),
    passwordLength: integer({ required: true, initial: 8 }),
    editsName: flag({ initial: true }),
    editsBirthDate: flag({ initial: true }),
    editsGender: flag({ initial: true }),
    editsContacts: flag({ initial: true }),
    approvesContacts: flag(),
    openFields: text({ max: 1000 }),
    sourcesCount: integer({ sql: sources }),
  },
  columns: ['id', 'createdAt', 'updatedAt', 'name', 'code', 'startsAt', 'endsAt', 'active', 'sourcesCount'],
  sort: '-createdAt',
  card: [
    'name', 'code', 'description', 'goal', 'budget', 'startsAt', 'endsAt', 'active', ...registration,
    ...accounts, 'createdAt', 'updatedAt',
  ],
  groups: {
    aim: ['name', 'code', 'description', 'goal', 'budget'],
    time: ['startsAt', 'endsAt', 'active'],
    registration,
    accounts,
  },
  create: ['name', 'code', 'description', 'goal', 'budget', 'startsAt', 'endsAt', 'active', ...registration],
  tabs: ['sources', 'participants', 'communications', 'consents'],
  panels: [launchPanel],
  rights: { marketer: ['read', 'create', 'edit', 'delete', 'export'], viewer: ['read'] },
  segmentable: true,
  trash: true,
  verbs: { before: checkCampaign, release: (id, trx) => keepIfPointedAt(campaignObject, id, trx) },
})
