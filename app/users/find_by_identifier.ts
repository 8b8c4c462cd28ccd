import { sql, type Sql } from '#core/database'
import { type Lookup } from '#core/objects'
import { normalise, phones } from './identifiers/normalise.js'
import { phoneBeginning } from './identifiers/spelled_as.js'

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

/** A phone that is not typed whole: from its beginning, or without a code of the country by its last digits, too. */
function byPhone(typed: string): Lookup[] {
  const beginning = phoneBeginning(typed)
  if (!beginning || digitsOf(typed).length < LEAST_DIGITS) return []
  const whole = normalise('phone', typed)
  if (whole) return [met(sql`type = any(${phones}::text[]) and value = ${whole}`)]
  return typed.startsWith('+') ? [starting(phones, beginning)] : [starting(phones, beginning), ending(digitsOf(typed))]
}

const digitsOf = (typed: string) => typed.replace(/\D/g, '')

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
