import { recordChange } from '#core/audit'
import { execute, row, sql, type Transaction } from '#core/database'
import { InvalidFields, type Actor } from '#core/objects'
import { lockPerson } from '../merge/lock_person.js'
import { normalise } from './normalise.js'
import { own } from './owners.js'
import { settle } from './settle.js'

export interface Claim {
  userId: number
  type: string
  /** In any spelling. */
  value: string
  /** It is known to be the customer's: they answered from it, or another system warrants so. */
  confirmed?: boolean
  actor?: Actor
}

interface Claimed {
  id: number
  /** As it is kept. */
  value: string
  confirmed: boolean
  active: boolean
  /** The customer did not have it before. */
  created: boolean
}

/**
 * Gives a customer an identifier, or takes one that they have as entered anew; it becomes active by the rules of F26 (`settle`).
 * Unsubscriptions are the customer's, not the address's, so a new address inherits them all (F38). Throws `InvalidFields` at `value`:
 * `identifier` where it cannot be one, `anotherOwner` where it is another customer's, `stopped` where it is in the stop list.
 */
export async function claimIdentifier(claim: Claim, trx: Transaction): Promise<Claimed> {
  const { type, actor = nobody } = claim
  const value = normalise(type, claim.value)
  if (!value) throw InvalidFields.at('value', 'identifier')
  const userId = await lockPerson(claim.userId, trx)
  await own({ type, value, userId }, actor, trx)

  const before = await held(userId, type, value, trx)
  const entered = { ...claim, userId, value }
  const id = before ? await enterAgain(before, entered, trx) : await enter(entered, trx)
  await settle([id], actor, trx)
  const after = (await held(userId, type, value, trx))!
  await tell(before, after, entered, trx)
  return { ...after, value, created: !before }
}

const nobody: Actor = { staffId: null }

interface Held {
  id: number
  confirmed: boolean
  active: boolean
}

/** Of several of one spelling, which older versions wrote, the one that counts. */
function held(userId: number, type: string, value: string, trx: Transaction) {
  return row<Held>(
    sql`select id, confirmed, active from user_identifiers
      where user_id = ${userId} and type = ${type} and value = ${value} order by active desc, confirmed desc, id desc limit 1`,
    trx
  )
}

async function enter({ userId, type, value, confirmed = false }: Claim, trx: Transaction) {
  const entered = await row<{ id: number }>(
    sql`insert into user_identifiers (user_id, type, value, confirmed, confirmed_at, active)
      values (${userId}, ${type}, ${value}, ${confirmed}, ${confirmed ? new Date() : null}, false) returning id`,
    trx
  )
  return entered!.id
}

/** What was confirmed once stays confirmed. */
async function enterAgain({ id }: Held, { userId, confirmed = false }: Claim, trx: Transaction) {
  await execute(
    sql`update user_identifiers set entered_at = clock_timestamp(), confirmed = confirmed or ${confirmed}, updated_at = now(),
        confirmed_at = case when confirmed or not ${confirmed} then confirmed_at else now() end
      where user_id = ${userId} and id = ${id}`,
    trx
  )
  return id
}

async function tell(before: Held | undefined, { id, confirmed, active }: Held, { userId, type, value, actor = nobody }: Claim, trx: Transaction) {
  const about = { actor, object: 'identifier', id }
  if (!before) return recordChange({ ...about, action: 'create', after: { user: userId, type, value, confirmed, active } }, trx)
  if (before.confirmed === confirmed && before.active === active) return
  await recordChange({ ...about, action: 'edit', before: { confirmed: before.confirmed, active: before.active }, after: { confirmed, active } }, trx)
}
