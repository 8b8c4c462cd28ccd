import { sql, row, type Transaction } from '#core/database'
import { normalise } from '../identifiers/normalise.js'
import { identifierOf } from '../identifiers/owners.js'
import { admit, candidateOf } from '../standing/admit.js'

export interface Sent {
  type: string
  value: string
}

/**
 * Who has all of these identifiers. Two customers are nobody: the first that is found may be a stranger (SPEC, login by several identifiers).
 * One statement whether there is somebody or not: a second question about who was found would tell it by its time (S-01).
 */
export async function ownerOfAll(sent: Sent[]): Promise<number | null> {
  const [types, values] = [sent.map(({ type }) => type), sent.map(({ type, value }) => normalise(type, value))]
  const found = await row<{ owner: number | null }>(
    sql`select case when count(distinct i.user_id) = 1 and count(i.user_id) = count(*) then min(i.user_id) end as owner
      from unnest(${types}::text[], ${values}::text[]) as said (type, value)
      left join identifier_owners o on o.type = said.type and o.value = said.value
      left join user_identifiers i on i.user_id = o.user_id and i.type = o.type and i.value = o.value and i.active`
  )
  return found!.owner
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
  const found = id === null ? undefined : await candidateOf(id, trx)
  return found && admit(found)
}

async function idOf(named: string, trx?: Transaction): Promise<number | null> {
  if (/^[1-9]\d{0,14}$/.test(named)) return Number(named)
  const [, type, value] = /^([a-z]+):(.{1,320})$/s.exec(named) ?? []
  const identifier = type ? await identifierOf(type, value, trx) : null
  return identifier?.active ? identifier.userId : null
}
