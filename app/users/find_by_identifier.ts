import { sql } from '#core/database'
import { type Lookup } from '#core/objects'
import { normalise } from './identifiers.js'

const NUMBERED = ['phone', 'whatsapp', 'viber']
const OTHER = ['card', 'plate', 'telegram', 'vk']

/** Fewer characters than these are met by too many. */
const LEAST = 3
const LEAST_DIGITS = 4

/** Customers by a phone, a mail, a card or any other identifier, whole or from its beginning; a phone by its last digits, too. */
export function byIdentifier(typed: string): Lookup[] {
  const digits = typed.replace(/\D/g, '')
  const numeric = /^\+?[\d\s().-]+$/.test(typed) && digits.length >= LEAST_DIGITS
  const phones = numeric ? [...beginnings(typed, digits).map((one) => starting(NUMBERED, one)), ending(digits)] : []
  const mail = /^[^\s@]+@?[^\s@]*$/.test(typed) && typed.length >= LEAST ? [starting(['email'], typed.toLowerCase())] : []
  const other = normalise('card', typed) ?? ''
  return [...phones, ...mail, ...(other.length >= LEAST_DIGITS ? [starting(OTHER, other)] : [])]
}

/** 8 916, 7 916, 916 and +7 916 begin the same number, which is kept as +7916. */
function beginnings(typed: string, digits: string): string[] {
  const whole = normalise('phone', typed)
  if (whole) return [whole]
  if (typed.startsWith('+')) return [`+${digits}`]
  return [`+7${digits.replace(/^[78]/, '')}`]
}

function starting(types: string[], beginning: string): Lookup {
  return met(sql`type = any(${types}::text[]) and value like ${`${escaped(beginning)}%`}`)
}

/** Along the trigrams of the value: people say the last four digits. */
function ending(digits: string): Lookup {
  return met(sql`type = 'phone' and lower(value) like ${`%${digits}`}`)
}

const met = (where: ReturnType<typeof sql>): Lookup => ({
  personal: true,
  rows: (few) => sql`select user_id as id, value as hit from user_identifiers where ${where} limit ${few}`,
})

const escaped = (text: string) => text.replace(/[\\%_]/g, (special) => `\\${special}`)
