import { getCountryCallingCode, type CountryCode } from 'libphonenumber-js'
import { type Extent } from '#core/objects'
import { settings } from '#core/settings'
import { normalise, phones } from './normalise.js'

/** Fewer digits from within a phone say nothing of its beginning. */
const LEAST_DIGITS = 4

/** How an identifier of one of these types may be kept, if somebody typed this of it (`Field.spelled`): a filter need not say of which type it is. */
export const spelledAs = (types: readonly string[]) => (typed: string, extent: Extent): string[] => {
  const kept = types.flatMap((type) => (extent === 'whole' ? [normalise(type, typed)] : partsOf(type, typed, extent)))
  return [...new Set([typed, ...kept.filter((one) => one !== null)])]
}

function partsOf(type: string, typed: string, extent: Extent): (string | null)[] {
  if (type === 'email') return [typed.toLowerCase()]
  if (!phones.includes(type)) return [normalise(type, typed)]
  if (extent === 'beginning') return [phoneBeginning(typed)]
  const digits = typed.replace(SIGNS, '')
  return /^\d+$/.test(digits) ? [digits, digits.length >= LEAST_DIGITS ? phoneBeginning(typed) : null] : []
}

const SIGNS = /[\s().+-]/g

/**
 * How phones begin that somebody began to type: in Russia 8 916, 7 916, 916 and +7 916 are one, which is kept as +7916; elsewhere a leading 0 or the
 * code itself falls away. Null for what begins no phone, and for what every phone of the country begins with.
 */
export function phoneBeginning(typed: string): string | null {
  const digits = typed.replace(/\D/g, '')
  if (!digits || !/^\+?[\d\s().-]+$/.test(typed)) return null
  if (/^(\+|00)/.test(typed)) return `+${digits.replace(/^00/, '')}`
  const home = settings().phoneRegion as CountryCode
  const code = getCountryCallingCode(home)
  const national = digits.replace(home === 'RU' || home === 'KZ' ? /^[78]/ : new RegExp(`^(${code}|0)`), '')
  return national ? `+${code}${national}` : null
}
