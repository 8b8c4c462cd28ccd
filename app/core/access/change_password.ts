import { transaction } from '#core/database'
import { edit, InvalidFields, objects, type Actor } from '#core/objects'
import { verified } from './credentials.js'
import { countAttempt, forgiveAttempts } from './sign_in_attempts.js'
import { type Staff } from './staff.js'

/**
 * One's own password. The current one is asked, since somebody else may sit at the desk, and guesses of it are counted like those
 * at the door. Ends all sessions of the person, so the caller opens a new one. Throws `InvalidFields`, `TooManyRequests`.
 */
export async function changePassword(staff: Staff, current: string, password: string, actor: Actor) {
  const attempt = { email: staff.email, address: actor.ip ?? '', known: true }
  await countAttempt(attempt)
  if (!(await verified(staff.email, current))) throw InvalidFields.at('current', 'wrongPassword')
  await forgiveAttempts(attempt)

  await transaction((trx) => edit(objects.get('staff'), staff.id, { password: required(password) }, actor, trx))
  await staff.refresh()
}

function required(password: string) {
  if (!password) throw InvalidFields.at('password', 'required')
  return password
}
