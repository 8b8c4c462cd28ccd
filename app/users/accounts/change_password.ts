import vine from '@vinejs/vine'
import { rulesOf } from '#app/campaigns'
import { countAttempt, forgiveAttempts } from '#core/access'
import { defineMethod } from '#core/methods'
import { recordChange } from '#core/audit'
import { openSession } from '../sessions/open_session.js'
import { hashOf, passwordSetAt, rightPassword, setPassword } from './password.js'
import { WrongPassword } from './refusals.js'
import { passwordSent } from './sent.js'

/** All sessions end with the old password (S-04); the one that asked gets a new token. Somebody else may sit there: the old one is asked for. */
export const changePassword = defineMethod({
  name: 'user/changePassword',
  caller: 'customer',
  input: vine.create({ current: passwordSent().optional(), password: passwordSent() }),
  output: vine.create({ token: vine.string().nullable() }),
  example: { input: { current: 'correct horse battery', password: 'another long password' }, output: { token: 'tsc_Vb0…' } },
  refusals: { wrongPassword: 403 },
  async prepare({ input: { current = '', password }, source, session, byServer, address, ...call }) {
    const userId = call.userId!
    const { passwordLength } = await rulesOf(source)
    const asked = session || !byServer
    const setAt = await passwordSetAt(userId)
    if (asked && setAt) {
      const attempt = { door: 'user', account: `id:${userId}`, address: byServer ? null : address, known: true }
      await countAttempt(attempt)
      if ((await rightPassword(userId, current)) !== setAt) throw new WrongPassword()
      await forgiveAttempts(attempt)
    }
    return { made: await hashOf(password, passwordLength), former: asked ? setAt : undefined }
  },
  async run(call, { made, former }) {
    const { session, actor, trx } = call
    const userId = call.userId!
    if (former !== undefined && (await passwordSetAt(userId, trx)) !== former) throw new WrongPassword()
    await setPassword(userId, made, trx)
    await recordChange({ actor, action: 'changePassword', object: 'user', id: userId }, trx)
    return { output: { token: session && (await openSession(userId, call, trx)) } }
  },
})
