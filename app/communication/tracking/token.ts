import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto'
import env from '#start/env'

/** Which delivery it is; a mail sent as a test to a member of staff has no customer: user 0. */
export interface DeliveryKey {
  sendId: number
  userId: number
  identifierId: number
}

/** A proof made for one use is worth nothing in another. */
export type Purpose = 'link' | 'message'

const MAC_BYTES = 16
const key = createSecretKey(Buffer.from(hkdfSync('sha256', env.get('APP_KEY').release(), '', 'tessera mail tokens', 32)))

/** The key of a delivery in about thirty letters that nobody else can make. */
export function makeToken({ sendId, userId, identifierId }: DeliveryKey, purpose: Purpose): string {
  const numbers = Buffer.from([...digits(sendId), ...digits(userId), ...digits(identifierId)])
  return Buffer.concat([numbers, mac(numbers, purpose)]).toString('base64url')
}

/** Null for anything that we did not make. */
export function readToken(token: string, purpose: Purpose): DeliveryKey | null {
  if (!/^[\w-]{24,80}$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.toString('base64url') !== token) return null
  const numbers = bytes.subarray(0, -MAC_BYTES)
  if (!timingSafeEqual(bytes.subarray(-MAC_BYTES), mac(numbers, purpose))) return null
  const [sendId, userId, identifierId] = numbersIn(numbers)
  return { sendId, userId, identifierId }
}

function mac(numbers: Buffer, purpose: Purpose) {
  return createHmac('sha256', key).update(purpose).update(numbers).digest().subarray(0, MAC_BYTES)
}

/** Seven bits a byte, the eighth says that more follow: small numbers stay short in an address. */
function digits(number: number): number[] {
  const bytes = []
  for (; number >= 128; number = Math.floor(number / 128)) bytes.push((number % 128) + 128)
  return [...bytes, number]
}

function numbersIn(bytes: Buffer): number[] {
  const numbers = []
  let value = 0
  let weight = 1
  for (const byte of bytes) {
    value += (byte % 128) * weight
    weight *= 128
    if (byte >= 128) continue
    numbers.push(value)
    value = 0
    weight = 1
  }
  return numbers
}
