import { type Transaction } from '#core/database'
import { find, objects, plain, type Field, type Values } from '#core/objects'
import { standings } from '../standing/standing.js'

/** They follow rules of their own in a merge: the stricter one holds. */
const apart = ['status', 'blockedUntil', 'statusReason', 'personalDataAgree', 'communicationAgree', 'communicationRegime']

/** Fields of a customer that a merge may take from either of the two. */
export function mergedFields(): Field[] {
  const fields = [...objects.get('user').fields.values()]
  return fields.filter(({ name, readonly, fixed, secret }) => !readonly && !fixed && !secret && !apart.includes(name))
}

/** What the customer who stays will have and had, by field: what is taken, what was empty, and the stricter standing. */
export async function chosenValues(from: number, into: number, taken: string[], trx: Transaction) {
  const user = objects.get('user')
  const [theirs, ours] = [(await find(user, from, plain, undefined, trx))!, (await find(user, into, plain, undefined, trx))!]
  const names = mergedFields()
    .map(({ name }) => name)
    .filter((name) => !empty(theirs[name]) && (taken.includes(name) || empty(ours[name])) && stored(theirs[name]) !== stored(ours[name]))
  const stricter = rank(theirs) > rank(ours) ? ['status', 'blockedUntil', 'statusReason'] : []
  const valuesOf = (row: Values) => Object.fromEntries([...names, ...stricter].map((name) => [name, stored(row[name])]))
  return { before: valuesOf(ours), after: valuesOf(theirs) }
}

const rank = ({ standing }: Values) => standings.indexOf(standing as never)

const empty = (value: unknown) => value === null || value === undefined || value === ''

/** As it is written, and as the journal keeps it. */
export function stored(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (value && typeof value === 'object' && 'id' in value) return value.id
  return value ?? null
}
