import { createHash } from 'node:crypto'
import hash from '@adonisjs/core/services/hash'
import { execute, row, sql, type Transaction } from '#core/database'
import { InvalidFields } from '#core/objects'

const LONGEST = 200

/** A password as it is kept: argon2id. Throws `InvalidFields`; length is all that is asked (NIST 800-63B). */
export async function hashOf(password: string, shortest: number): Promise<string> {
  if (password.length < shortest) throw InvalidFields.at('password', 'passwordTooShort', { min: shortest })
  if (password.length > LONGEST) throw InvalidFields.at('password', 'tooLong', { max: LONGEST })
  return hash.make(password)
}

/** A hash that an old system made of a password, 64 hex digits: kept as argon2id of it, since a fast hash is soon guessed (S-05). */
export const wrapped = (sha256: string) => hash.make(sha256.toLowerCase())

/** Of the same password another hash would have been made at this time: the sessions that it opened end with it. */
export async function setPassword(userId: number, made: string, trx: Transaction) {
  await execute(
    sql`insert into user_passwords (user_id, hash) values (${userId}, ${made})
      on conflict (user_id) do update set hash = excluded.hash, wraps_sha256 = false, changed_at = clock_timestamp()`,
    trx
  )
}

interface Kept {
  hash: string
  wraps: boolean
  setAt: string
}

/**
 * When the customer's password was set, if this is it: another one may be there by the time it lets somebody in (`passwordSetAt`). Null where
 * it is not; for nobody, and who has none, that takes as long as for others (S-01).
 */
export async function rightPassword(userId: number | null, password: string): Promise<string | null> {
  const kept = await row<Kept>(sql`select hash, wraps_sha256 as wraps, changed_at::text as "setAt" from user_passwords where user_id = ${userId}`)
  const typed = password.slice(0, LONGEST + 1)
  const said = kept?.wraps ? createHash('sha256').update(typed).digest('hex') : typed
  const right = await hash.verify(kept?.hash ?? (await dummy()), said)
  if (!kept || !right) return null
  if (kept.wraps || hash.needsReHash(kept.hash)) await makeAnew(userId!, kept, typed)
  return kept.setAt
}

/** The password is known at this moment only. It is the same one, so nobody is signed out. */
async function makeAnew(userId: number, { hash: former }: Kept, password: string) {
  const made = await hash.make(password)
  await execute(sql`update user_passwords set hash = ${made}, wraps_sha256 = false where user_id = ${userId} and hash = ${former}`)
}

let dummyHash: Promise<string> | undefined

/** Made once with the same cost as the real ones. */
function dummy() {
  return (dummyHash ??= hash.make('nobody has this password'))
}

/** When the password was set that counts now; null where there is none. */
export async function passwordSetAt(userId: number, trx?: Transaction): Promise<string | null> {
  const kept = await row<{ setAt: string }>(sql`select changed_at::text as "setAt" from user_passwords where user_id = ${userId}`, trx)
  return kept?.setAt ?? null
}
