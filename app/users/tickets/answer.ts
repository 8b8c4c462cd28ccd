import { countAttempt, forgiveAttempts } from '#core/access'
import { row, sql, type Transaction } from '#core/database'
import { type Call } from '#core/methods'
import { InvalidFields } from '#core/objects'
import { hashOfSecret } from '#core/secrets'
import { normalise } from '../identifiers/normalise.js'
import { opensAccount } from '../identifiers/owners.js'
import { admitUser } from '../standing/admit.js'
import { isCode } from './codes.js'
import { type Purpose } from './purpose.js'
import { WrongTicket } from './refusals.js'

/** What a customer brings back: the code, with the identifier that it was sent to, or the link. */
export interface Answer {
  identifier?: { type: string; value: string }
  code?: string
  link?: string
}

/** A ticket that was answered rightly. It speaks for whoever has its identifier now: a merge may have moved it since. */
export interface Answered {
  id: number
  userId: number
  identifierId: number
}

/**
 * Looks whether an answer is right. A code costs a try, of the ticket and of the account, before it is looked at: outside of the
 * transaction that a wrong one undoes. Throws `WrongTicket`, `TooManyRequests`, `InvalidFields` where half of an answer came.
 */
export async function answeredTicket(answer: Answer, purpose: Purpose, { address, byServer }: Pick<Call, 'address' | 'byServer'>): Promise<Answered> {
  if (answer.link) return linkedTicket(answer.link, purpose)
  const { identifier, code } = answer
  const value = identifier && normalise(identifier.type, identifier.value)
  if (!identifier) throw InvalidFields.at('identifier', 'required')
  if (!code) throw InvalidFields.at('code', 'required')
  if (!value) throw new WrongTicket()
  const attempt = { door: 'ticket', account: `${identifier.type}:${value}`, address: byServer ? null : address, known: false }
  await countAttempt(attempt)

  const ticket = await tryTicket(identifier.type, value, purpose)
  if (!isCode(code, ticket)) throw new WrongTicket()
  await forgiveAttempts(attempt)
  return ticket!
}

/**
 * Uses it up; of two at the same moment one is refused. What would open the account does so only where a code would still be sent to the address:
 * not where another has replaced it or been confirmed since. Throws `WrongTicket`, and the refusal of who is not served.
 */
export async function spendTicket(id: number, trx: Transaction): Promise<Answered> {
  const known = await row<{ userId: number }>(
    sql`select i.user_id as "userId" from user_tickets t join user_identifiers i on i.id = t.identifier_id where t.id = ${id}`,
    trx
  )
  if (!known) throw new WrongTicket()
  const userId = await admitUser(known.userId, trx)
  const spent = await row<Answered>(
    sql`update user_tickets t set confirmed = true, confirmed_at = now(), updated_at = now()
      from user_identifiers i join identifier_owners o on o.type = i.type and o.value = i.value and o.user_id = i.user_id
      where t.id = ${id} and i.id = t.identifier_id and i.user_id = ${userId} and (t.purpose = 'confirm' or ${opensAccount(sql`i`)})
        and not t.confirmed and t.voided_at is null and t.expires_at > now()
      returning t.id, i.user_id as "userId", t.identifier_id as "identifierId"`,
    trx
  )
  if (!spent) throw new WrongTicket()
  return spent
}

/** Whose link it is. Looking changes nothing: scanners of mail look at every link. Throws `WrongTicket`. */
export async function linkedTicket(link: string, purpose: Purpose): Promise<Answered> {
  const found = await row<Answered>(
    sql`select t.id, i.user_id as "userId", t.identifier_id as "identifierId"
      from user_tickets t join user_identifiers i on i.id = t.identifier_id
      where t.link_hash = ${hashOfSecret(link)} and t.purpose = ${purpose} and not t.confirmed and t.voided_at is null and t.expires_at > now()`
  )
  if (!found) throw new WrongTicket()
  return found
}

/** One try more, if there is one left. */
function tryTicket(type: string, value: string, purpose: Purpose) {
  return row<Answered & { codeHash: Buffer }>(
    sql`update user_tickets t set tries = t.tries + 1, updated_at = now()
      from identifier_owners o, user_identifiers i, ticket_generators g
      where o.type = ${type} and o.value = ${value} and i.user_id = o.user_id and i.type = o.type and i.value = o.value
        and t.identifier_id = i.id and t.purpose = ${purpose} and g.id = t.generator_id
        and t.code_hash is not null and t.tries < g.tries and not t.confirmed and t.voided_at is null and t.expires_at > now()
      returning t.id, i.user_id as "userId", t.identifier_id as "identifierId", t.code_hash as "codeHash"`
  )
}
