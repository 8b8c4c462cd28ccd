import { sql, row, type Transaction } from '#core/database'
import { normalise } from '../identifiers/normalise.js'
import { canonicalUser } from '../merge/canonical.js'
import { identifierOf } from '../identifiers/owners.js'
import { admitUser } from '../standing/admit.js'

export interface Sent {
  type: string
  value: string
}

/** Who has all of these identifiers. Two customers are nobody: the first that is found may be a stranger (SPEC, login by several identifiers). */
export async function ownerOfAll(sent: Sent[]): Promise<number | null> {
  const owners = await Promise.all(sent.map(({ type, value }) => identifierOf(type, value)))
  const ids = new Set(owners.map((owner) => (owner?.active ? owner.userId : null)))
  const [only] = ids
  return ids.size === 1 ? only : null
}

/** One name for what tries are counted by, whatever its spelling. */
export const accountOf = (sent: Sent[]) => sent.map(({ type, value }) => `${type}:${normalise(type, value) ?? value}`).sort().join(' ')

/** Whether the customer has signed in from this network. */
export async function knownAt(userId: number | null, address: string): Promise<boolean> {
  return Boolean(await row(sql`select from user_sessions where user_id = ${userId} and address = ${address} limit 1`))
}

/** The customer that a server names: `15` or `phone:+79160000000`. Throws the refusal of who is not served. */
export async function customerNamed(named: string, trx?: Transaction): Promise<number | undefined> {
  const id = await idOf(named, trx)
  if (id === null) return undefined
  await admitUser(id, trx)
  return id
}

async function idOf(named: string, trx?: Transaction): Promise<number | null> {
  if (/^[1-9]\d{0,14}$/.test(named)) return canonicalUser(Number(named), trx)
  const [, type, value] = /^([a-z]+):(.{1,320})$/s.exec(named) ?? []
  const identifier = type ? await identifierOf(type, value, trx) : null
  return identifier?.active ? canonicalUser(identifier.userId, trx) : null
}
