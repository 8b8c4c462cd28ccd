import vine from '@vinejs/vine'
import { defineMethod } from '#core/methods'
import { line } from '../accounts/sent.js'
import { limitsOf } from './limits.js'

/** How many events of a type are left to a customer. */
export const eventLimits = defineMethod({
  name: 'event/limits',
  caller: 'customer',
  reads: true,
  input: vine.create({ types: vine.array(line(100)).maxLength(100).optional() }),
  output: vine.create({
    limits: vine.array(
      vine.object({ type: vine.string(), limit: vine.number(), days: vine.number().nullable(), used: vine.number(), left: vine.number() })
    ),
  }),
  example: { input: { types: ['quiz_passed'] }, output: { limits: [{ type: 'quiz_passed', limit: 5, days: 1, used: 1, left: 4 }] } },
  async run({ input, userId, trx }) {
    return { output: { limits: await limitsOf(userId!, input.types ?? null, trx) } }
  },
})
