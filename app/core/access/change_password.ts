import { transaction } from '#core/database'
import { edit, InvalidFields, objects, type Actor } from '#core/objects'
import { tell } from '#core/mail'
import { askPassword } from './own_password.js'
import { type Staff } from './staff.js'

/** One's own password. Ends all sessions of the person, so the caller opens a new one. Throws `InvalidFields`, `TooManyRequests`. */
export async function changePassword(staff: Staff, current: string, password: string, actor: Actor) {
  await askPassword(staff, current, actor)
  await transaction(async (trx) => {
    await edit(objects.get('staff'), staff.id, { password: required(password) }, actor, trx)
    await tell(staff.id, { words: 'passwordChanged', path: '/profile' }, { actor, trx })
  })
  await staff.refresh()
}

function required(password: string) {
  if (!password) throw InvalidFields.at('password', 'required')
  return password
}
