import { type Transaction } from '#core/database'
import { contextOf, type Call } from '#core/methods'
import { InvalidFields } from '#core/objects'
import { claimIdentifier, type Claim } from '../identifiers/claim.js'
import { issueTicket, hasGenerator } from '../tickets/issue.js'
import { ContactRefused, ContactTaken } from './refusals.js'

/**
 * An identifier that a customer says is theirs. Unless it is known to be, a ticket is sent to it: answers whether it waits for that, as a card
 * never does. Throws `ContactTaken`, `ContactRefused`, `InvalidFields` and what the rules of identifiers refuse.
 */
export async function enterIdentifier(claim: Claim, call: Call & { trx: Transaction }): Promise<boolean> {
  const { source, trx } = call
  const claimed = await claimIdentifier(claim, trx).catch((error) => {
    throw refusalOf(error, claim.type)
  })
  const waits = !claimed.confirmed && (await hasGenerator(claim.type, source.campaign?.id ?? null, trx))
  if (waits) await issueTicket(claimed.id, 'confirm', { source, context: contextOf(call) }, trx)
  return waits
}

/** Whose the address is, nobody is told; that it is none is told at its place. */
function refusalOf(error: unknown, type: string) {
  const wrong = error instanceof InvalidFields ? error.errors.value : undefined
  if (wrong?.code === 'anotherOwner') return new ContactTaken()
  if (wrong?.code === 'stopped') return new ContactRefused()
  return wrong ? new InvalidFields({ [`identifiers.${type}`]: wrong }) : error
}
