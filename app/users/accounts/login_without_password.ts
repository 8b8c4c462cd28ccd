import vine from '@vinejs/vine'
import { defineMethod } from '#core/methods'
import { confirmIdentifier } from '../identifiers/confirm.js'
import { consentSent } from '../consents/consent_sent.js'
import { returnWith } from '../consents/return_with.js'
import { openSession } from '../sessions/open_session.js'
import { admitUser, unserved } from '../standing/admit.js'
import { answeredTicket, spendTicket } from '../tickets/answer.js'
import { ownerOfAll } from './owner.js'
import { forgetUnprovedEntry } from './forget_unproved_entry.js'
import { WrongCredentials } from './refusals.js'
import { identifierSent, line } from './sent.js'

/** By the code or the link that was sent for it (`ticket/generate`, purpose `login`); a server may warrant for the customer instead (F30). */
export const loginWithoutPassword = defineMethod({
  name: 'user/loginWithoutPassword',
  caller: 'anyone',
  input: vine.create({
    identifier: identifierSent().optional(),
    code: line(40).optional(),
    link: line(100).optional(),
    consents: vine.array(consentSent()).maxLength(20).optional(),
  }),
  output: vine.create({ userId: vine.number(), token: vine.string() }),
  example: {
    input: { identifier: { type: 'email', value: 'anna@example.com' }, code: '048213' },
    output: { userId: 15, token: 'tsc_Vb0…' },
  },
  refusals: {
    wrongTicket: 422, wrongCredentials: 401, ...unserved, campaignLeft: 403, unknownConsentDocument: 422, consentsMixed: 422, campaignClosed: 403,
  },
  tells: { sourceId: 'reference' },
  async prepare({ input, address, byServer, userId }) {
    const { identifier, code, link } = input
    if (!byServer || code || link) return { ticket: await answeredTicket(input, 'login', { address, byServer }) }
    const warranted = identifier ? await ownerOfAll([identifier]) : userId
    if (!warranted) throw new WrongCredentials()
    return { warranted }
  },
  async run(call, { ticket, warranted }) {
    const { trx, actor, source } = call
    const userId = ticket ? await spent(ticket.id) : await admitUser(warranted!, trx)
    await returnWith(call.input.consents, userId, call)
    return { output: { userId, token: await openSession(userId, call, trx) }, userId, told: { sourceId: source.id } }

    /** Who has read the code has the address. */
    async function spent(id: number) {
      const answered = await spendTicket(id, trx)
      await forgetUnprovedEntry(answered, actor, trx)
      await confirmIdentifier(answered.identifierId, trx, actor)
      return answered.userId
    }
  },
})
