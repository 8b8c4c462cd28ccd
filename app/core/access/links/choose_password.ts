import { transaction } from '#core/database'
import { recordChange } from '#core/audit'
import { edit, InvalidFields, objects, type Actor } from '#core/objects'
import { tell } from '#core/mail'
import { Staff } from '../staff.js'
import { spend, type LinkKind } from './link.js'

const actions: Record<LinkKind, string> = { invitation: 'acceptInvitation', restore: 'restore' }

/**
 * The password that the holder of a link chooses, who proved by it that the mailbox is theirs. The link is used up, and every session
 * of the person ends. Answers the person, or null where the link opens nothing. Throws `InvalidFields`, which leaves the link alive.
 */
export async function choosePassword(token: string, kind: LinkKind, password: string, from: Actor): Promise<Staff | null> {
  if (!password) throw InvalidFields.at('password', 'required')
  const id = await transaction(async (trx) => {
    const staffId = await spend(token, kind, trx)
    if (!staffId) return undefined
    const actor = { ...from, staffId }
    await edit(objects.get('staff'), staffId, { password }, actor, trx)
    await recordChange({ actor, action: actions[kind], object: 'staff', id: staffId }, trx)
    if (kind === 'restore') await tell(staffId, { words: 'passwordChanged', path: '/profile' }, { actor, trx })
    return staffId
  })
  return id ? Staff.findOrFail(id) : null
}
