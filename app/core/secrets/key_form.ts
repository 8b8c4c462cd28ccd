import { randomBytes } from 'node:crypto'
import { sql, type Sql } from '#core/database'
import { hashOfSecret } from './secret.js'

/** How keys of one kind are written. */
interface KeyForm {
  write(id: number, secret: string): string
  /** What a key says, or null where it cannot be one. */
  read(written: string): { id: number; secret: string } | null
  /** For people to know it by, of a row that keeps how it begins. */
  shown(row: Sql, beginning: Sql): Sql
}

const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SECRET_BYTES = 32
/** 62 ** 43 is more than 2 ** 256, 62 ** 6 more than 2 ** 32. */
const SECRET_LENGTH = 43
const CHECKSUM_LENGTH = 6

/**
 * `tsr_<id>_<secret><checksum>`, where `tsr` tells what it is a key of: scanners of source code find a lost one by its form, and a mistyped one
 * is told from a wrong one.
 */
export function keyForm(prefix: string): KeyForm {
  const form = new RegExp(`^${prefix}_([1-9]\\d{0,14})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`)
  const checked = (id: number | string, secret: string) => withChecksum(`${prefix}_${id}_${secret}`)
  return {
    write: checked,
    read(written) {
      const [, id, secret] = form.exec(written) ?? []
      return id && checked(id, secret) === written ? { id: Number(id), secret } : null
    },
    shown: (row, beginning) => sql`${prefix}::text || '_' || ${row}.id || '_' || ${beginning} || '…'`,
  }
}

/** 256 bits, in signs that a double click selects whole. */
export const newKeySecret = () => inSigns(BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`), SECRET_LENGTH)

/** So much is shown of a key: some 18 bits of 256. */
export const beginningOf = (secret: string) => secret.slice(0, 4)

const withChecksum = (text: string) => text + inSigns(BigInt(hashOfSecret(text).readUInt32BE()), CHECKSUM_LENGTH)

function inSigns(number: bigint, length: number) {
  let text = ''
  for (let rest = number; text.length < length; rest /= 62n) text = SIGNS[Number(rest % 62n)] + text
  return text
}
