import { execute, row, sql, type Transaction } from '#core/database'
import { InvalidFields, type Actor, type Values } from '#core/objects'
import { lockPerson } from '../merge/lock_person.js'
import { normalise } from './normalise.js'
import { own, type KnownIdentifier } from './owners.js'
import { tellActive } from './settle.js'

/** Before an identifier is written by hand: its spelling, the rule of one owner, and which of its type is active (F26). */
export async function identifierByHand(values: Values, trx: Transaction, id?: number, actor: Actor = { staffId: null }): Promise<Values> {
  const confirmation = 'confirmed' in values ? { confirmedAt: values.confirmed ? new Date() : null } : {}
  const completed = { ...values, ...confirmation }
  return id ? { ...completed, ...(await changed(id, values, actor, trx)) } : { ...completed, ...(await entered(values, actor, trx)) }
}

async function entered(values: Values, actor: Actor, trx: Transaction): Promise<Values> {
  const { type, confirmed } = values as { type: string; confirmed: boolean | null }
  const value = normalise(type, values.value as string)
  if (!value) throw InvalidFields.at('value', 'identifier')
  const user = await lockPerson(values.user as number, trx)
  await own({ type, value, userId: user }, actor, trx)
  const held = await row(sql`select from user_identifiers where user_id = ${user} and type = ${type} and value = ${value}`, trx)
  if (held) throw InvalidFields.at('value', 'alreadyTheirs')

  const present = await activeOf(user, type, trx)
  const active = !present || !present.confirmed || Boolean(confirmed)
  if (present && active) await retire(present, actor, trx)
  return { user, value, active }
}

async function changed(id: number, values: Values, actor: Actor, trx: Transaction): Promise<Values> {
  const { userId } = (await row<KnownIdentifier>(sql`select user_id as "userId" from user_identifiers where id = ${id}`, trx))!
  await lockPerson(userId, trx)
  const before = (await row<KnownIdentifier>(
    sql`select id, user_id as "userId", type, value, confirmed, active from user_identifiers where id = ${id}`,
    trx
  ))!
  for (const name of ['active', 'confirmed']) if (values[name] === true) await own(before, actor, trx, name)
  if (values.active === false && before.active) await keepOne(before, trx)
  if (values.active === true && !before.active) await takePlace({ ...before, confirmed: Boolean(values.confirmed ?? before.confirmed) }, actor, trx)
  const confirmedNow = values.confirmed === true && !before.confirmed
  return confirmedNow && !before.active && !('active' in values) ? { active: await earnsPlace(before, actor, trx) } : {}
}

/** Without an active identifier nobody could be known again. */
async function keepOne({ id, userId }: KnownIdentifier, trx: Transaction) {
  const others = await row(sql`select from user_identifiers where user_id = ${userId} and active and id <> ${id} limit 1`, trx)
  if (!others) throw InvalidFields.at('active', 'lastActive')
}

/** Chosen by hand: any that is confirmed, or while none is, any. */
async function takePlace({ userId, type, confirmed }: KnownIdentifier, actor: Actor, trx: Transaction) {
  const present = await activeOf(userId, type, trx)
  if (present?.confirmed && !confirmed) throw InvalidFields.at('active', 'unconfirmedBeside')
  if (present) await retire(present, actor, trx)
}

/** Confirmed by hand, it replaces what was entered before it. */
async function earnsPlace({ id, userId, type }: KnownIdentifier, actor: Actor, trx: Transaction): Promise<boolean> {
  const present = await activeOf(userId, type, trx)
  const later = await row(
    sql`select from user_identifiers a, user_identifiers t
      where t.id = ${id} and a.id = ${present?.id ?? null}::bigint and a.confirmed and (a.entered_at, a.id) > (t.entered_at, t.id)`,
    trx
  )
  if (later) return false
  if (present) await retire(present, actor, trx)
  return true
}

function activeOf(userId: number, type: string, trx: Transaction) {
  return row<{ id: number; confirmed: boolean }>(
    sql`select id, confirmed from user_identifiers where user_id = ${userId} and type = ${type} and active`,
    trx
  )
}

async function retire({ id }: { id: number }, actor: Actor, trx: Transaction) {
  await execute(sql`update user_identifiers set active = false, updated_at = now() where id = ${id}`, trx)
  await tellActive([id], false, actor, trx)
}
