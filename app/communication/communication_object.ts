import { execute, row, sql, type Transaction } from '#core/database'
import { belongsTo, choice, defineObject, InvalidFields, text, type Values } from '#core/objects'
import { Undeletable } from './refusals.js'
import { statisticsPanel } from './statistics_panel.js'

declare module '#core/objects' {
  interface Actions {
    send: true
  }
}

/** A mail that can be sent, once or many times (F42-F44). */
export const communicationObject = defineObject({
  name: 'communication',
  table: 'communications',
  path: 'communications',
  search: (communication) => sql`lower(${communication}.name)`,
  find: { beside: ['subject', 'channel', 'class'] },
  fields: {
    name: text({ required: true, sortable: true, max: 200 }),
    channel: belongsTo('channel', { required: true, sortable: true, fixed: true }),
    kind: choice(['bulk', 'trigger'], { required: true, initial: 'bulk' }),
    provider: belongsTo('mail_provider', { required: true, sortable: true, initial: builtInInbox }),
    class: choice(['advertising', 'system'], { required: true, initial: 'advertising' }),
    category: belongsTo('unsubscribe_category'),
    campaign: belongsTo('campaign', { many: 'communications', tab: 'communications', columns: ['id', 'createdAt', 'name', 'channel', 'kind', 'class'] }),
    senderName: text({ max: 100 }),
    senderEmail: text({ format: 'email', max: 254 }),
    replyTo: text({ format: 'email', max: 254 }),
    subject: text({ max: 300 }),
    preheader: text({ max: 300 }),
    link: text({ max: 2000 }),
    markup: choice(['mjml', 'html'], { required: true, initial: 'mjml' }),
    body: text({ format: 'code', max: 400_000 }),
  },
  columns: ['id', 'createdAt', 'updatedAt', 'name', 'channel', 'kind', 'provider'],
  card: [
    'name', 'senderName', 'senderEmail', 'replyTo', 'subject', 'preheader', 'link', 'class', 'category', 'campaign', 'kind', 'provider',
    'markup', 'channel', 'createdAt', 'updatedAt',
  ],
  create: ['name', 'provider', 'senderName', 'senderEmail', 'subject', 'preheader', 'class', 'category', 'campaign', 'kind', 'markup'],
  tabs: ['statistics', 'sends', 'deliveries'],
  panels: [statisticsPanel],
  buttons: [
    { name: 'write', href: (id) => `/communications/${id}/content`, right: 'edit', primary: true },
    { name: 'copy', post: (id) => `/communications/${id}/copies`, right: 'create' },
    { name: 'send', href: (id) => `/communications/${id}/sends/new`, right: 'send', primary: true },
  ],
  rights: { marketer: ['read', 'create', 'edit', 'delete', 'export', 'send'], viewer: ['read'] },
  actions: ['send'],
  trash: true,
  verbs: { before: complete, release, remove },
})

/** Mail is the one channel so far; what is not said is an advertisement in MJML through the built-in inbox. */
async function complete(values: Values, trx: Transaction, id?: number): Promise<Values> {
  refuseBadLink(values)
  if (id) return values
  const channel = await row<{ id: number }>(sql`select id from channels where code = 'email'`, trx)
  const defaults = { channel: channel!.id, kind: 'bulk', class: 'advertising', markup: 'mjml', provider: await builtInInbox() }
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
  return { ...defaults, ...given }
}

/** Nothing leaves the house until somebody chooses another provider. */
async function builtInInbox() {
  const inbox = await row<{ id: number }>(sql`select id from mail_providers where kind = 'capture' order by id limit 1`)
  return inbox?.id
}

function refuseBadLink({ link }: Values) {
  if (link && !/^https?:\/\/[^/?#{}\s]+([/?#]|$)/i.test(link as string)) throw InvalidFields.at('link', 'webAddress')
}

/** What was sent once stays: deliveries and figures point at it. */
async function release(id: number, trx: Transaction) {
  const sent = await row(sql`select id from sends where communication_id = ${id} and not test limit 1`, trx)
  if (sent) throw new Undeletable()
}

async function remove(id: number, trx: Transaction) {
  await execute(sql`delete from deliveries where send_id in (select id from sends where communication_id = ${id})`, trx)
  await execute(sql`delete from reactions where communication_id = ${id}`, trx)
  await execute(sql`delete from sends where communication_id = ${id}`, trx)
  await execute(sql`delete from communications where id = ${id}`, trx)
}
