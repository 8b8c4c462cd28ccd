import vine from '@vinejs/vine'
import limits from '#config/api'
import { lockedFields, rulesOf, type Rules } from '#app/campaigns'
import { anHour, countWithin } from '#core/access'
import { defineMethod } from '#core/methods'
import { edit, InvalidFields, objects, type Values } from '#core/objects'
import { askApproval } from '../approvals/ask_approval.js'
import { refuseWithdrawn } from '../consents/refuse_withdrawn.js'
import { enterIdentifier } from './enter_identifier.js'
import { valuesOf } from './profile.js'
import { FieldLocked } from './refusals.js'
import { contactSent, line, personSent } from './sent.js'

/**
 * One's own data, never the id (F33). A new identifier waits beside the one it replaces until it is confirmed; a code is sent to it, unless a server warrants for it. Where
 * the campaign says so it waits for staff first, and nothing of it counts before they agree. What was before stays in the history.
 */
export const editUser = defineMethod({
  name: 'user/edit',
  caller: 'customer',
  input: vine.create({
    ...personSent(),
    identifiers: vine.array(contactSent()).maxLength(8).optional(),
    /** For those who decide on a new identifier, where the campaign asks for it. */
    comment: line(500).nullable().optional(),
  }),
  output: vine.create({ changed: vine.boolean(), toConfirm: vine.array(vine.string()), toApprove: vine.array(vine.string()) }),
  example: {
    input: { givenName: 'Анна', identifiers: [{ type: 'email', value: 'new@example.com' }] },
    output: { changed: true, toConfirm: ['email'], toApprove: [] },
  },
  refusals: { fieldLocked: 403, consentWithdrawn: 403, contactTaken: 409, contactRefused: 403 },
  async prepare({ input, userId, byServer }) {
    if (!input.identifiers?.length || byServer) return
    for (const _entered of input.identifiers) await countWithin(anHour(limits.contactsPerCustomer), `edit:contacts:${userId}`)
  },
  async run(call) {
    const { input, source, byServer, actor, trx } = call
    const userId = call.userId!
    await refuseWithdrawn(userId, trx)
    const rules = await rulesOf(source, trx)
    if (!byServer) refuseLocked(input, rules)
    if (!byServer && input.identifiers?.some(({ confirmed }) => confirmed)) throw InvalidFields.at('identifiers', 'onlyServer')

    const values = await valuesOf(input, call, rules, trx)
    const changed = await edit(objects.get('user'), userId, values, actor, trx)
    const [toConfirm, toApprove]: string[][] = [[], []]
    for (const { type, value, confirmed } of input.identifiers ?? []) {
      const waits = rules.approvesContacts && !byServer && (await askApproval({ type, value, comment: input.comment }, call))
      if (waits) toApprove.push(type)
      else if (await enterIdentifier({ userId, type, value, confirmed, actor }, call)) toConfirm.push(type)
    }
    return { output: { changed: changed || Boolean(input.identifiers?.length), toConfirm, toApprove } }
  },
})

function refuseLocked(input: Values, rules: Rules) {
  const locked = lockedFields(rules).filter((name) => input[name] !== undefined)
  if (locked.length) throw new FieldLocked(locked)
}
