import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { execute, row, sql, type Transaction } from '#core/database'
import { InvalidFields, type Values } from '#core/objects'

const EMAIL = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/

/**
 * One spelling for each address, so that it is found and unique however it was typed: mail in lower case, phones in
 * E.164 (8 916... and +7 916... are one), cards without spaces. Null when it cannot be such an address.
 */
export function normalise(type: string, value: string): string | null {
  const typed = value.normalize('NFC').trim()
  if (type === 'email') return EMAIL.test(typed) && typed.length <= 254 ? typed.toLowerCase() : null
  if (type === 'phone' || type === 'whatsapp' || type === 'viber') {
    const phone = parsePhoneNumberFromString(typed, 'RU')
    return phone?.isPossible() ? phone.number : null
  }
  return typed.replace(/[\s-]/g, '').toUpperCase() || null
}

/** Before an identifier is written by hand: its spelling, the moment of confirmation, the rule of one owner. */
export async function normaliseIdentifier(values: Values, trx: Transaction, id?: number): Promise<Values> {
  const confirmation = 'confirmed' in values ? { confirmedAt: values.confirmed ? new Date() : null } : {}
  if (id) return { ...values, ...confirmation }

  const type = values.type as string
  const value = normalise(type, values.value as string)
  if (!value) throw InvalidFields.at('value', 'identifier')
  await claim(type, value, values.user as number, trx)
  await makeRoom(values.user as number, type, trx)
  return { ...values, ...confirmation, value }
}

/** An address belongs to one customer at a time (F28). Throws `InvalidFields` when it is another's. */
async function claim(type: string, value: string, userId: number, trx: Transaction) {
  await execute(
    sql`insert into identifier_owners (type, value, user_id) values (${type}, ${value}, ${userId})
      on conflict (type, value) do nothing`,
    trx
  )
  const owner = await row<{ user_id: number }>(
    sql`select user_id from identifier_owners where type = ${type} and value = ${value}`,
    trx
  )
  if (owner!.user_id !== userId) throw InvalidFields.at('value', 'anotherOwner')
}

/** At most one of a type is active: the older ones stay, since messages point at them (F26). */
async function makeRoom(userId: number, type: string, trx: Transaction) {
  await execute(
    sql`update user_identifiers set active = false, updated_at = now()
      where user_id = ${userId} and type = ${type} and active`,
    trx
  )
}
