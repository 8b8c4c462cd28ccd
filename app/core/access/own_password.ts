import { InvalidFields, type Actor } from '#core/objects'
import { verified } from './credentials.js'
import { countAttempt, forgiveAttempts } from './sign_in_attempts.js'
import { type Staff } from './staff.js'

/**
 * Asks a person who is signed in for their password, since somebody else may sit at the desk. Guesses are counted like those at the
 * door. Throws `InvalidFields` at `current`, `TooManyRequests`.
 */
export async function askPassword(staff: Staff, current: string, actor: Actor) {
  const attempt = { account: staff.email, address: actor.ip ?? '', known: true }
  await countAttempt(attempt)
  if (!(await verified(staff.email, current))) throw InvalidFields.at('current', 'wrongPassword')
  await forgiveAttempts(attempt)
}
