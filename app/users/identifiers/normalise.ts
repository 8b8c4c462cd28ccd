import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js'
import { settings } from '#core/settings'

const EMAIL = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/

/** Types whose value is a number that is called. */
export const phones = ['phone', 'whatsapp', 'viber']

/**
 * One spelling for each address, so that it is found and unique however it was typed: mail in lower case, phones in
 * E.164 (8 916... and +7 916... are one; an extension is no part of it), cards without spaces. Null when it cannot be such an address.
 */
export function normalise(type: string, value: string): string | null {
  const typed = value.normalize('NFC').trim()
  if (type === 'email') return EMAIL.test(typed) && typed.length <= 254 ? typed.toLowerCase() : null
  if (phones.includes(type)) return phoneIn(typed)
  return typed.replace(/[\s-]/g, '').toUpperCase() || null
}

/** Without a code it is a phone of the company's own country; 00 is how the code of another one is dialled in most of them. */
function phoneIn(typed: string): string | null {
  const home = settings().phoneRegion as CountryCode
  const phone = [typed.replace(/^00/, '+'), typed].map((one) => parsePhoneNumberFromString(one, home)).find((one) => one?.isPossible())
  return phone?.number ?? null
}
