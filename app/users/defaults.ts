import { type Transaction } from '#core/database'
import { InvalidFields, type Values } from '#core/objects'

/** Fields that PostgreSQL fills in for a new customer: standard, active, Russian-speaking. */
const defaulted = ['type', 'status', 'locale', 'communicationRegime']

/**
 * A defaulted field that was left empty is not written at creation, and cannot be emptied later. How long and why a customer had their
 * former status is not said of the next one.
 */
export async function defaultsOfUser(values: Values, _trx: Transaction, id?: number): Promise<Values> {
  refuseUnborn(values.birthDate)
  const empty = defaulted.filter((name) => name in values && values[name] === null)
  if (id && empty.length) throw InvalidFields.at(empty[0], 'required')
  const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !empty.includes(name)))
  return id && 'status' in kept ? { blockedUntil: null, statusReason: null, ...kept } : kept
}

/** Nobody who lives was born before. */
export const EARLIEST_BIRTH = '1900-01-01'

/** A day that is still to come, or 01.01.0001 of an old system, is nobody's birthday. */
function refuseUnborn(birthDate: unknown) {
  if (typeof birthDate !== 'string') return
  const today = new Date().toISOString().slice(0, 10)
  if (birthDate < EARLIEST_BIRTH || birthDate > today) throw InvalidFields.at('birthDate', 'birthDate')
}
