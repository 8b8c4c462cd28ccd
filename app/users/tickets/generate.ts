import vine from '@vinejs/vine'
import limits from '#config/api'
import { accountKey, addressKey, anHour, countWithin } from '#core/access'
import { defineMethod, type Call } from '#core/methods'
import { InvalidFields } from '#core/objects'
import { identifierSent } from '../accounts/sent.js'
import { normalise } from '../identifiers/normalise.js'
import { askTicket } from './ask_job.js'
import { carrierOf } from './carriers.js'
import { generatorFor } from './issue.js'
import { purposes } from './purpose.js'
import { ChannelMissing } from './refusals.js'

/** A code or a link for an identifier (F32). It is in no answer: it goes to the identifier, and to nobody where that is nobody's. */
export const generateTicket = defineMethod({
  name: 'ticket/generate',
  caller: 'anyone',
  input: vine.create({ identifier: identifierSent(), purpose: vine.enum(purposes).optional() }),
  output: vine.create({ lifeMinutes: vine.number(), length: vine.number(), tries: vine.number() }),
  example: {
    input: { identifier: { type: 'email', value: 'anna@example.com' }, purpose: 'login' },
    output: { lifeMinutes: 10, length: 6, tries: 5 },
  },
  refusals: { channelMissing: 422 },
  tells: { type: 'text', purpose: 'text' },
  async prepare({ input, address, byServer }) {
    await countAsking(input.identifier, { address, byServer })
  },
  async run(call) {
    const { identifier: { type, value }, purpose = 'confirm' } = call.input
    if (!normalise(type, value)) throw InvalidFields.at('identifier.value', 'identifier')
    const { length, lifeMinutes, tries } = await askFor({ type, value, purpose }, call)
    return { output: { lifeMinutes, length, tries }, told: { type, purpose } }
  },
})

type Asking = Parameters<typeof askTicket>[0]

/** Without a channel of the product only a server may ask, which follows the signal and brings the code in a way of its own. */
export async function askFor(asked: Asking, call: Call & { trx: Parameters<typeof askTicket>[2] }) {
  if (!carrierOf(asked.type) && !call.byServer) throw new ChannelMissing(asked.type)
  const generator = await generatorFor(asked.type, call.source.campaign?.id ?? null, call.trx)
  await askTicket(asked, call, call.trx)
  return generator
}

/** Alike for known and unknown identifiers: nobody's mailbox is flooded. Throws `TooManyRequests`. */
export async function countAsking({ type, value }: { type: string; value: string }, { address, byServer }: Pick<Call, 'address' | 'byServer'>) {
  if (!byServer) await countWithin(anHour(limits.codesPerAddress), `ticket:address:${addressKey(address)}`)
  await countWithin(anHour(limits.codesPerContact), `ticket:account:${accountKey(`${type}:${normalise(type, value)}`)}`)
}
