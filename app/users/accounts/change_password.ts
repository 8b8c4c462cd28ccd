import vine from '@vinejs/vine'
import { countAttempt, forgiveAttempts } from '#core/access'
import { defineMethod } from '#core/methods'
import { recordChange } from '#core/audit'
import { openSession } from '../sessions/open_session.js'
import { hashOf, hasPassword, isPassword, setPassword } from './password.js'
import { WrongPassword } from './refusals.js'
import { rulesOf } from './rules.js'
import { passwordSent } from './sent.js'

/** All sessions end with the old password (S-04); the one that asked gets a new token. Somebody else may sit there: the old one is asked for. */
export const changePassword = defineMethod({
  name: 'user/changePassword',
  caller: 'customer',
  input: vine.create({ current: passwordSent().optional(), password: passwordSent() }),
  output: vine.create({ token: vine.string().nullable() }),
  example: { input: { current: 'correct horse battery', password: 'another long password' }, output: { token: 'tsc_Vb0…' } },
  refusals: ['wrongPassword'],
  async prepare({ input: { current = '', password }, source, session, byServer, address, ...call }) {
    const userId = call.userId!
    const { passwordLength } = await rulesOf(source)
    if ((session || !byServer) && (await hasPassword(userId))) {
      const attempt = { door: 'user', account: `id:${userId}`, address: byServer ? null : address, known: true }
      await countAttempt(attempt)
      if (!(await isPassword(userId, current))) throw new WrongPassword()
      await forgiveAttempts(attempt)
    }
    return hashOf(password, passwordLength)
  },
  async run(call, made) {
    const { session, actor, trx } = call
    const userId = call.userId!
    await setPassword(userId, made, trx)
    await recordChange({ actor, action: 'changePassword', object: 'user', id: userId }, trx)
    return { output: { token: session && (await openSession(userId, call, trx)) } }
  },
})
