import hash from '@adonisjs/core/services/hash'
import { InvalidFields } from '#core/objects'
import { Staff } from './staff.js'

const SHORTEST = 10
const LONGEST = 200

/** The stored form of a new password. Throws `InvalidFields` at `field`; length is all that is asked (NIST 800-63B). */
export async function hashOf(password: string, field = 'password'): Promise<string> {
  if (password.length < SHORTEST) throw InvalidFields.at(field, 'passwordTooShort', { min: SHORTEST })
  if (password.length > LONGEST) throw InvalidFields.at(field, 'tooLong', { max: LONGEST })
  return hash.make(password)
}

/** The person, or null. An unknown address costs as much time as a known one, so that nobody learns who works here. */
export async function verified(email: string, password: string): Promise<Staff | null> {
  const staff = await Staff.findBy({ email: normalised(email) })
  const right = await hash.verify(staff?.password ?? (await dummy()), password.slice(0, LONGEST + 1))
  return staff?.password && right && staff.active ? staff : null
}

export function normalised(email: string) {
  return email.trim().toLowerCase()
}

let dummyHash: Promise<string> | undefined

/** Made once with the same cost as the real ones. */
function dummy() {
  return (dummyHash ??= hash.make('nobody has this password'))
}
