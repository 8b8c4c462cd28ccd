import vine from '@vinejs/vine'
import { defineMethod } from '#core/methods'
import { endSession, endSessions } from './end_sessions.js'

const output = vine.create({ ended: vine.number() })

/** The session of the token that came along. A server that only names a customer has none to end. */
export const logout = defineMethod({
  name: 'user/logout',
  caller: 'customer',
  input: vine.create({}),
  output,
  example: { input: {}, output: { ended: 1 } },
  async run({ session, trx }) {
    if (session) await endSession(session.id, trx)
    return { output: { ended: session ? 1 : 0 } }
  },
})

export const logoutEverywhere = defineMethod({
  name: 'user/logoutEverywhere',
  caller: 'customer',
  input: vine.create({}),
  output,
  example: { input: {}, output: { ended: 3 } },
  async run({ userId, actor, trx }) {
    return { output: { ended: await endSessions(userId!, actor, trx) } }
  },
})
