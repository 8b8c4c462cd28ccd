import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { keyedHash } from '#core/secrets'

/** Nothing that is taken for something else on paper or by ear. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

const alphabets = { digits: '0123456789', letters: LETTERS, both: `23456789${LETTERS}` }

export type Charset = keyof typeof alphabets
export const charsets = Object.keys(alphabets) as Charset[]

export function newCode(charset: Charset, length: number): string {
  const alphabet = alphabets[charset]
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

const hashed = keyedHash('tessera ticket codes')

/** A code is short, so its hash is keyed. */
export const hashOfCode = (ticket: number, code: string): Buffer => hashed(`${ticket}:${code}`)

/** However it was typed: with spaces, in small letters. Without a ticket the same work is done (S-01). */
export function isCode(typed: string, ticket: { id: number; codeHash: Buffer } | undefined): boolean {
  const said = hashOfCode(ticket?.id ?? 0, typed.replace(/[\s-]/g, '').toUpperCase())
  return timingSafeEqual(said, ticket?.codeHash ?? randomBytes(32)) && ticket !== undefined
}
