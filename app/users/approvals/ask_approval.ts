import { row, rows, sql, type Transaction } from '#core/database'
import { contextOf, type Call } from '#core/methods'
import { create, edit, InvalidFields, objects } from '#core/objects'
import { ContactRefused, ContactTaken } from '../accounts/refusals.js'
import { type Sent } from '../accounts/owner.js'
import { normalise } from '../identifiers/normalise.js'
import { isStopped, isTaken, ownerOf } from '../identifiers/owners.js'
import { personOf } from '../merge/canonical.js'
import { tellJob } from './tell_job.js'
import { identifierRequested } from './signals.js'

type Asking = Sent & { comment?: string | null }

/**
 * Lays a contact that a customer enters before staff (F33): nothing of it counts until they agree. It takes the place of what the customer
 * asked before of this type. Answers false where there is nothing to agree to: it is the one they have. Throws `ContactTaken`, `ContactRefused`, and
 * `InvalidFields` at the identifier.
 */
export async function askApproval({ type, value: typed, comment = null }: Asking, call: Call & { trx: Transaction }): Promise<boolean> {
  const { source, actor, trx } = call
  const value = normalise(type, typed)
  if (!value) throw InvalidFields.at(`identifiers.${type}`, 'identifier')
  const userId = call.userId!
  const former = await activeOf(userId, type, trx)
  if (former === value) return false
  await refuseForeign(userId, type, value, trx)

  const request = objects.get('identifier_request')
  const waiting = await openRequests(userId, type, trx)
  const same = waiting.find((one) => one.value === value)
  for (const other of waiting) if (other !== same) await edit(request, other.id, { state: 'withdrawn' }, actor, trx)
  if (same) return true
  const id = await create(request, { user: userId, type, value, former, comment, source: source.id }, actor, trx)
  await identifierRequested.publish({ userId, context: contextOf(call), requestId: id, type }, trx)
  await tellJob.start({ request: id, stage: 'asked' }, { actor, trx, title: `№ ${id}`, subject: { object: 'identifier_request', id } })
  return true
}

/** Nobody is asked about what could not be given anyway. */
async function refuseForeign(userId: number, type: string, value: string, trx: Transaction) {
  if ((await ownerOf(type, value, trx)) === userId) return
  if (await isStopped(type, value, trx)) throw new ContactRefused()
  if (await isTaken(type, value, trx)) throw new ContactTaken()
}

async function activeOf(userId: number, type: string, trx: Transaction): Promise<string | null> {
  const active = await row<{ value: string }>(sql`select value from user_identifiers where user_id = ${userId} and type = ${type} and active`, trx)
  return active?.value ?? null
}

/** Each of those who were merged may have asked for something else. */
async function openRequests(userId: number, type: string, trx: Transaction) {
  return rows<{ id: number; value: string }>(
    sql`select id, value from identifier_requests
      where user_id = any(${await personOf(userId, trx)}::bigint[]) and type = ${type} and state = 'open' order by id for update`,
    trx
  )
}
