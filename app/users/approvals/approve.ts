import { type Transaction } from '#core/database'
import { InvalidFields, type Actor } from '#core/objects'
import { refuseWithdrawn } from '../consents/refuse_withdrawn.js'
import { claimIdentifier } from '../identifiers/claim.js'
import { admitUser } from '../standing/admit.js'
import { hasGenerator, issueTicket } from '../tickets/issue.js'
import { keepDecision, lockRequest } from './decide.js'
import { RequestedContactRefused } from './refusals.js'
import { identifierApproved } from './signals.js'

/**
 * The contact is the customer's from now on, as if they had entered it without being asked: a code goes to it, and it replaces the former
 * one when it is confirmed. That staff agreed to it proves nobody its owner, so it counts as entered through the source (`forgetUnprovedEntry`).
 * Throws `RequestDecided`, `RequestedContactRefused`, the refusal of who is not served, and `ConsentWithdrawn`.
 */
export async function approve(id: number, actor: Actor, trx: Transaction) {
  const request = await lockRequest(id, trx)
  const { userId, type, value, source } = request
  await admitUser(userId, trx)
  await refuseWithdrawn(userId, trx)
  const claimed = await claimIdentifier({ userId, type, value, actor: { ...actor, source: source?.id } }, trx).catch((error) => {
    throw error instanceof InvalidFields ? new RequestedContactRefused(error.errors.value) : error
  })
  await keepDecision(request, { state: 'approved' }, actor, trx)
  await identifierApproved.publish({ userId, requestId: id, type }, trx)
  if (claimed.confirmed || !(await hasGenerator(type, source?.campaign?.id ?? null, trx))) return
  await issueTicket(claimed.id, 'confirm', { source: source ?? undefined }, trx)
}
