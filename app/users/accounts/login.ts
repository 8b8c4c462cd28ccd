import vine from '@vinejs/vine'
import { countAttempt, forgiveAttempts } from '#core/access'
import { defineMethod } from '#core/methods'
import { consentSent } from '../consents/consent_sent.js'
import { returnWith } from '../consents/return_with.js'
import { openSession } from '../sessions/open_session.js'
import { admitUser, unserved } from '../standing/admit.js'
import { accountOf, knownAt, ownerOfAll } from './owner.js'
import { passwordSetAt, rightPassword } from './password.js'
import { WrongCredentials } from './refusals.js'
import { identifierSent, passwordSent } from './sent.js'

/** By a password and any of the customer's identifiers, or several of them at once (F30). */
export const login = defineMethod({
  name: 'user/login',
  caller: 'anyone',
  input: vine.create({
    identifiers: vine.array(identifierSent()).minLength(1).maxLength(5),
    password: passwordSent(),
    consents: vine.array(consentSent()).maxLength(20).optional(),
  }),
  output: vine.create({ userId: vine.number(), token: vine.string() }),
  example: {
    input: { identifiers: [{ type: 'phone', value: '+79160000001' }], password: 'correct horse battery' },
    output: { userId: 15, token: 'tsc_Vb0…' },
  },
  refusals: { wrongCredentials: 401, ...unserved, campaignLeft: 403, unknownConsentDocument: 422, consentsMixed: 422, campaignClosed: 403 },
  tells: { sourceId: 'reference' },
  /** Tries are counted before the password is looked at, and the password takes its time whether there is somebody or not. */
  async prepare({ input: { identifiers, password }, address, byServer }) {
    const userId = await ownerOfAll(identifiers)
    const known = await knownAt(userId, address)
    const attempt = { door: 'user', account: accountOf(identifiers), address: byServer ? null : address, known }
    await countAttempt(attempt)
    const setAt = await rightPassword(userId, password)
    if (!setAt) throw new WrongCredentials()
    await forgiveAttempts(attempt)
    return { known: userId!, setAt }
  },
  async run(call, { known, setAt }) {
    const userId = await admitUser(known, call.trx)
    if ((await passwordSetAt(userId, call.trx)) !== setAt) throw new WrongCredentials()
    await returnWith(call.input.consents, userId, call)
    return { output: { userId, token: await openSession(userId, call, call.trx) }, userId, told: { sourceId: call.source.id } }
  },
})
