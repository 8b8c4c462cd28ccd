import vine from '@vinejs/vine'
import { defineMethod } from '#core/methods'
import { line } from '../accounts/sent.js'
import { admitToCampaign } from '../consents/admit_to_campaign.js'
import { openSession } from '../sessions/open_session.js'
import { admitUser, unserved } from '../standing/admit.js'
import { customerOf, linkAccount } from './accounts.js'
import { pass } from './pass.js'
import { vouchedFor } from './vouched.js'

/**
 * The end of a sign-in elsewhere. Who is known gets a session; who is signed in already has that account linked; who is new gets a pass
 * for `user/register`, since nobody is kept here without their consent (F34).
 */
export const socialLogin = defineMethod({
  name: 'user/socialLogin',
  caller: 'anyone',
  input: vine.create({ state: line(200).minLength(20), code: line(2000).minLength(1), iss: line(500).optional() }),
  output: vine.create({
    userId: vine.number().nullable(),
    token: vine.string().nullable(),
    pass: vine.string().nullable(),
    email: vine.string().nullable(),
    givenName: vine.string().nullable(),
    surname: vine.string().nullable(),
  }),
  example: {
    input: { state: 'b1Vd6kU3mOa0qkzJb1Vd6kU3mOa0', code: '4/0AX4…' },
    output: { userId: 15, token: 'tsc_Vb0…', pass: null, email: null, givenName: null, surname: null },
  },
  refusals: { socialLoginOver: 422, providerSilent: 422, unknownProvider: 404, socialAccountTaken: 409, ...unserved, campaignLeft: 403 },
  tells: { sourceId: 'reference', providerId: 'reference' },
  prepare: (call) => vouchedFor(call.input, call),
  async run(call, vouched) {
    const { trx, source } = call
    const known = call.userId ?? (await customerOf(vouched, trx))
    if (known === null) {
      const { email, givenName, surname } = vouched
      return { output: { userId: null, token: null, pass: pass(vouched, source), email, givenName, surname }, userId: null }
    }
    const userId = await admitUser(known, trx)
    await admitToCampaign(userId, source, trx)
    await linkAccount(userId, vouched, trx)
    const token = await openSession(userId, call, trx)
    const told = { sourceId: source.id, providerId: vouched.providerId }
    return { output: { userId, token, pass: null, email: null, givenName: null, surname: null }, userId, told }
  },
})
