import { sql, type Sql } from '#core/database'
import { type Lookup } from '#core/objects'
import { normalise } from './identifiers.js'

const NUMBERED = ['phone', 'whatsapp', 'viber']
const OTHER = ['card', 'plate', 'telegram', 'vk']

/** Fewer characters than these are met by too many. */
const LEAST = 3
const LEAST_DIGITS = 4

/** Customers by a phone, a mail, a card or any other identifier, whole or from its beginning; a phone by its last digits, too. */
export function byIdentifier(typed: string): Lookup[] {
  const mail = /^[^\s@+]+@?[^\s@]*$/.test(typed) && typed.length >= LEAST
  const other = normalise('card', typed) ?? ''
  return [
    ...byPhone(typed),
    ...(mail ? [starting(['email'], typed.toLowerCase())] : []),
    ...(other.length >= LEAST_DIGITS ? [starting(OTHER, other)] : []),
  ]
}

/** 8 916, 7 916, 916 and +7 916 begin the same number, which is kept as +7916. */
function byPhone(typed: string): Lookup[] {
  const digits = typed.replace(/\D/g, '')
  if (!/^\+?[\d\s().-]+$/.test(typed) || digits.length < LEAST_DIGITS) return []
  const whole = normalise('phone', typed)
  if (whole) return [met(sql`type = any(${NUMBERED}::text[]) and value = ${whole}`)]
  const national = starting(NUMBERED, `+7${digits.replace(/^[78]/, '')}`)
  return typed.startsWith('+') ? [starting(NUMBERED, `+${digits}`)] : [national, ending(digits)]
}

/** In the order of the value: whatever the planner thinks of the beginning, it then goes along the index. */
function starting(types: string[], beginning: string): Lookup {
  return met(sql`type = any(${types}::text[]) and value like ${`${escaped(beginning)}%`} order by value`)
}

function ending(digits: string): Lookup {
  const reversed = [...digits].reverse().join('')
  return met(sql`type = 'phone' and reverse(value) like ${`${reversed}%`} order by reverse(value)`)
}

const met = (where: Sql): Lookup => ({
  personal: true,
  rows: (few) => sql`select user_id as id, value as hit from user_identifiers where ${where} limit ${few}`,
})

const escaped = (text: string) => text.replace(/[\\%_]/g, (special) => `\\${special}`)
