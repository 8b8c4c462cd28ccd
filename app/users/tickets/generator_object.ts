import { execute, row, sql, type Transaction } from '#core/database'
import { belongsTo, choice, defineObject, InvalidFields, integer, text, type Values } from '#core/objects'
import { identifierTypes } from '../identifiers/identifier_object.js'
import { charsets } from './codes.js'

const limits = { length: [4, 12], lifeMinutes: [1, 1440], tries: [1, 5] } as const

/** How codes and links are made for one type of identifiers, in a campaign or everywhere (F32). */
export const generatorObject = defineObject({
  name: 'ticket_generator',
  table: 'ticket_generators',
  path: 'ticket-generators',
  fields: {
    name: text({ required: true, sortable: true, max: 200 }),
    identifierType: choice(identifierTypes, { required: true, fixed: true }),
    campaign: belongsTo('campaign', { fixed: true }),
    kind: choice(['code', 'link', 'both'], { required: true, initial: 'both' }),
    length: integer({ required: true, initial: 6 }),
    charset: choice(charsets, { required: true, initial: 'digits' }),
    lifeMinutes: integer({ required: true, initial: 10 }),
    tries: integer({ required: true, initial: 5 }),
    linkUrl: text({ max: 1000 }),
  },
  columns: ['id', 'createdAt', 'updatedAt', 'name', 'identifierType', 'campaign', 'kind', 'length', 'charset', 'lifeMinutes', 'tries'],
  create: ['name', 'identifierType', 'campaign', 'kind', 'length', 'charset', 'lifeMinutes', 'tries', 'linkUrl'],
  card: ['name', 'identifierType', 'campaign', 'kind', 'length', 'charset', 'lifeMinutes', 'tries', 'linkUrl', 'createdAt', 'updatedAt'],
  sort: 'name',
  tabs: ['tickets'],
  rights: { administrator: ['read', 'create', 'edit', 'delete'], marketer: ['read', 'create', 'edit'], viewer: ['read'] },
  verbs: {
    before: async (values, trx, id) => {
      checkLimits(values)
      if (typeof values.linkUrl === 'string') checkAddress(values.linkUrl)
      if (!id) await refuseSecond(values, trx)
      return values
    },
    remove: async (id, trx) => {
      const used = await row(sql`select from user_tickets where generator_id = ${id} limit 1`, trx)
      if (used) throw InvalidFields.at('name', 'generatorUsed')
      await execute(sql`delete from ticket_generators where id = ${id}`, trx)
    },
  },
})

function checkLimits(values: Values) {
  for (const [name, [least, most]] of Object.entries(limits)) {
    const said = values[name] as number | null | undefined
    if (typeof said === 'number' && (said < least || said > most)) throw InvalidFields.at(name, 'between', { least, most })
  }
}

/** The page of the shop that takes the link: it must be an address, and have a place for the link. */
function checkAddress(url: string) {
  const whole = url.replaceAll('{link}', 'x').replaceAll('{purpose}', 'x')
  const protocol = URL.canParse(whole) ? new URL(whole).protocol : ''
  if (!url.includes('{link}') || !['https:', 'http:'].includes(protocol)) throw InvalidFields.at('linkUrl', 'ticketLink')
}

/** Of two nobody could say which one counts. */
async function refuseSecond({ identifierType, campaign }: Values, trx: Transaction) {
  const known = await row(
    sql`select from ticket_generators where identifier_type = ${identifierType} and campaign_id is not distinct from ${campaign ?? null}::bigint`,
    trx
  )
  if (known) throw InvalidFields.at('identifierType', 'generatorThere')
}
