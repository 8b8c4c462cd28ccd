import { type Transaction } from '#core/database'
import { InvalidFields, type Actor } from '#core/objects'
import { keepDecision, lockRequest } from './decide.js'
import { identifierDeclined } from './signals.js'

/** The customer keeps what they have, and is told why. Throws `RequestDecided`, and `InvalidFields` at `answer` where it is missing. */
export async function decline(id: number, answer: string | null, actor: Actor, trx: Transaction) {
  if (!answer) throw InvalidFields.at('answer', 'required')
  const request = await lockRequest(id, trx)
  await keepDecision(request, { state: 'declined', answer }, actor, trx)
  await identifierDeclined.publish({ userId: request.userId, requestId: id, type: request.type }, trx)
}
