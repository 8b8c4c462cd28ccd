import vine from '@vinejs/vine'
import { row, sql, type Transaction } from '#core/database'
import { contextOf, defineMethod, type Method } from '#core/methods'
import { DomainError, InvalidFields } from '#core/objects'
import { signals } from '#core/signals'
import { line } from '../accounts/sent.js'
import { refuseWithdrawn } from '../consents/refuse_withdrawn.js'
import { placesLeft } from './limits.js'
import { checkPayload } from './payload.js'
import { eventLimitReached } from './signals.js'

const YEARS_BACK = 5
const MINUTES_AHEAD = 5

/** There is no such type in the book, or it is one that the product itself tells of. */
class UnknownEventType extends DomainError {
  readonly code = 'unknownEventType'
}

/**
 * Something that a customer did elsewhere, as a type of the book of event types. Above the limit of its type nothing is added, and the
 * signal says so instead. Of itself it tells no other event (F118).
 */
export const addEvent: Method = defineMethod({
  name: 'event/add',
  caller: 'customer',
  input: vine.create({
    type: line(100).minLength(1),
    at: vine.string().maxLength(40).optional(),
    payload: vine.record(vine.any().nullable()).optional(),
  }),
  output: vine.create({ added: vine.boolean(), left: vine.number().nullable() }),
  example: {
    input: { type: 'quiz_passed', at: '2026-06-01T12:00:00Z', payload: { score: 9 } },
    output: { added: true, left: 4 },
  },
  refusals: { unknownEventType: 422, consentWithdrawn: 403 },
  tells: { type: 'text' },
  async run(call) {
    const { input, trx } = call
    const { type, payload = {} } = input
    const userId = call.userId!
    await refuseUnknown(type, trx)
    checkPayload(payload)
    await refuseWithdrawn(userId, trx)
    const at = input.at === undefined ? undefined : momentOf(input.at)
    const left = await placesLeft(userId, type, trx)
    const context = contextOf(call)
    if (left === 0) {
      await eventLimitReached.publish({ userId, context, type }, trx)
      return { output: { added: false, left: 0 }, userId: null }
    }
    await addEvent.signal.publish({ ...payload, userId, at, context, type }, trx)
    return { output: { added: true, left: left === null ? null : left - 1 }, userId: null }
  },
})

/** Nobody outside tells that a receipt was added or a password was changed. */
async function refuseUnknown(type: string, trx: Transaction) {
  const ours = signals.all().some(({ name }) => name === type)
  const known = !ours && (await row(sql`select from event_types where code = ${type} and active`, trx))
  if (!known) throw new UnknownEventType({ type })
}

/** When it happened, by the clock of who tells it: a late word is a word, one of the future is a mistake. */
function momentOf(said: string): Date {
  const at = new Date(said)
  const ahead = (at.getTime() - Date.now()) / 60_000
  const whole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/.test(said)
  if (!whole || Number.isNaN(ahead) || ahead > MINUTES_AHEAD || ahead < -YEARS_BACK * 366 * 24 * 60) throw InvalidFields.at('at', 'eventMoment')
  return at
}
