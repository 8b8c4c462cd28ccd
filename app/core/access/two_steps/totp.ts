import { Secret, TOTP } from 'otpauth'

const PERIOD = 30
const DIGITS = 6
/** The clock of a phone may be one step off. */
const DRIFT = 1

export const newTotpSecret = () => new Secret({ size: 20 }).base32

/** The number of the step that a code belongs to, or null where it is of none around now (RFC 6238). */
export function stepOf(code: string, secret: string, now = Date.now()): number | null {
  const delta = totp(secret).validate({ token: code.replace(/\s/g, ''), window: DRIFT, timestamp: now })
  return delta === null ? null : Math.floor(now / 1000 / PERIOD) + delta
}

/** What an authenticator app reads from the picture. */
export const addressOfSecret = (secret: string, email: string) => totp(secret, email).toString()

/** For people who type it: in groups of four. */
export const inGroups = (secret: string) => secret.match(/.{1,4}/g)!.join(' ')

function totp(secret: string, label = '') {
  return new TOTP({ issuer: 'Tessera', label, algorithm: 'SHA1', digits: DIGITS, period: PERIOD, secret: Secret.fromBase32(secret) })
}
