import vine from '@vinejs/vine'
import { row, sql, type Transaction } from '#core/database'
import { defineMethod } from '#core/methods'
import { type Actor } from '#core/objects'
import { identifierSent, line } from '../accounts/sent.js'
import { confirmIdentifier } from '../identifiers/confirm.js'
import { unserved } from '../standing/admit.js'
import { answeredTicket, spendTicket } from './answer.js'

/** The customer proves that an identifier is theirs: by the code, with the identifier it went to, or by the link (F32). */
export const confirmTicket = defineMethod({
  name: 'ticket/confirm',
  caller: 'anyone',
  input: vine.create({ identifier: identifierSent().optional(), code: line(40).optional(), link: line(100).optional() }),
  output: vine.create({ confirmed: vine.boolean(), type: vine.string(), active: vine.boolean() }),
  example: {
    input: { identifier: { type: 'email', value: 'anna@example.com' }, code: '048213' },
    output: { confirmed: true, type: 'email', active: true },
  },
  refusals: { wrongTicket: 422, ...unserved },
  tells: { identifierId: 'reference', type: 'text' },
  prepare: ({ input, address, byServer }) => answeredTicket(input, 'confirm', { address, byServer }),
  async run({ actor, trx }, { id }) {
    const { userId, identifierId, type, active } = await confirmBy(id, actor, trx)
    return { output: { confirmed: true, type, active }, userId, told: { identifierId, type } }
  },
})

/** The identifier of a ticket that was answered rightly. Throws `WrongTicket`, and the refusal of who is not served. */
export async function confirmBy(ticket: number, actor: Actor, trx: Transaction) {
  const { userId, identifierId } = await spendTicket(ticket, trx)
  await confirmIdentifier(identifierId, trx, actor)
  const now = await row<{ type: string; active: boolean }>(sql`select type, active from user_identifiers where id = ${identifierId}`, trx)
  return { userId, identifierId, ...now! }
}
