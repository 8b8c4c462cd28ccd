import vine from '@vinejs/vine'
import { rulesOf } from '#app/campaigns'
import { forgiveAttempts } from '#core/access'
import { recordChange } from '#core/audit'
import { row, sql } from '#core/database'
import { defineMethod } from '#core/methods'
import { InvalidFields } from '#core/objects'
import { confirmIdentifier } from '../identifiers/confirm.js'
import { normalise } from '../identifiers/normalise.js'
import { unserved } from '../standing/admit.js'
import { answeredTicket, spendTicket } from '../tickets/answer.js'
import { askFor, countAsking } from '../tickets/generate.js'
import { forgetUnprovedEntry } from './forget_unproved_entry.js'
import { accountOf, type Sent } from './owner.js'
import { hashOf, setPassword } from './password.js'
import { identifierSent, line, passwordSent } from './sent.js'

/**
 * A forgotten password, in two calls (F31): first the identifier, to which a code or a link is sent; then the code with the identifier, or
 * the link, and the new password. No password is ever answered. All sessions of the customer end (S-04).
 */
export const restorePassword = defineMethod({
  name: 'user/restorePassword',
  caller: 'anyone',
  input: vine.create({
    identifier: identifierSent().optional(),
    code: line(40).optional(),
    link: line(100).optional(),
    password: passwordSent().optional(),
  }),
  output: vine.create({ changed: vine.boolean() }),
  example: {
    input: { identifier: { type: 'email', value: 'anna@example.com' }, code: '048213', password: 'another long password' },
    output: { changed: true },
  },
  refusals: { wrongTicket: 422, channelMissing: 422, ...unserved },
  async prepare({ input, source, address, byServer }) {
    const { identifier, code, link, password } = input
    if (!code && !link) {
      if (!identifier) throw InvalidFields.at('identifier', 'required')
      await countAsking(identifier, { address, byServer })
      return undefined
    }
    if (!password) throw InvalidFields.at('password', 'required')
    const { passwordLength } = await rulesOf(source)
    const made = await hashOf(password, passwordLength)
    const { id, identifierId } = await answeredTicket(input, 'restore', { address, byServer })
    await letIn(identifierId)
    return { ticket: id, made }
  },
  async run(call, answered) {
    const { input, actor, trx } = call
    if (!answered) {
      const { type, value } = input.identifier!
      if (!normalise(type, value)) throw InvalidFields.at('identifier.value', 'identifier')
      await askFor({ type, value, purpose: 'restore' }, call)
      return { output: { changed: false }, userId: null }
    }
    const { userId, identifierId } = await spendTicket(answered.ticket, trx)
    await forgetUnprovedEntry({ userId, identifierId }, actor, trx)
    await confirmIdentifier(identifierId, trx, actor)
    await setPassword(userId, answered.made, trx)
    await recordChange({ actor, action: 'restorePassword', object: 'user', id: userId }, trx)
    return { output: { changed: true }, userId }
  },
})

/** Who has proved to be the owner waits no longer for what strangers tried. */
async function letIn(identifierId: number) {
  const sent = await row<Sent>(sql`select type, value from user_identifiers where id = ${identifierId}`)
  for (const known of [true, false]) await forgiveAttempts({ door: 'user', account: accountOf([sent!]), address: null, known })
}
