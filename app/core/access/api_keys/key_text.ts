import { randomBytes } from 'node:crypto'
import { hashOfSecret } from '../secret.js'

const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SECRET_BYTES = 32
/** 62 ** 43 is more than 2 ** 256, 62 ** 6 more than 2 ** 32. */
const SECRET_LENGTH = 43
const CHECKSUM_LENGTH = 6
const FORM = new RegExp(`^tsr_([1-9]\\d{0,14})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`)

/** 256 bits, in signs that a double click selects whole. */
export const newKeySecret = () => inSigns(BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`), SECRET_LENGTH)

/**
 * `tsr_<id>_<secret><checksum>`: scanners of source code find a lost key by its form, and a mistyped one is told from a wrong one. Keys of
 * sources begin with `tss`.
 */
export function writeKey(id: number, secret: string, prefix = 'tsr'): string {
  const start = `${prefix}_${id}_${secret}`
  return start + checksumOf(start)
}

/** What a key says, or null where it cannot be one. */
export function readKey(written: string): { id: number; secret: string } | null {
  const [, id, secret, checksum] = FORM.exec(written) ?? []
  if (!id || checksumOf(`tsr_${id}_${secret}`) !== checksum) return null
  return { id: Number(id), secret }
}

/** So much is shown of a key for people to know it by: some 18 bits of 256. */
export const beginningOf = (secret: string) => secret.slice(0, 4)

const checksumOf = (text: string) => inSigns(BigInt(hashOfSecret(text).readUInt32BE()), CHECKSUM_LENGTH)

function inSigns(number: bigint, length: number) {
  let text = ''
  for (let rest = number; text.length < length; rest /= 62n) text = SIGNS[Number(rest % 62n)] + text
  return text
}
