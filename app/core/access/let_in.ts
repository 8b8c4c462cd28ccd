import { transaction } from '#core/database'
import { edit, objects, plain, typed, type Actor } from '#core/objects'
import { addStaff, type NewStaff } from './add_staff.js'
import { normalised } from './credentials.js'
import { refreshRoles } from './roles/roles.js'
import { Staff } from './staff.js'

const terminal: Actor = { staffId: null }

/** Lets a person in with this password, whether they are new or have lost theirs; answers which. Throws `InvalidFields`. */
export async function letIn(said: NewStaff): Promise<'added' | 'renewed'> {
  await refreshRoles()
  const person = { ...said, ...typed(objects.get('staff'), ['name', 'email', 'role', 'password'], { ...said }, plain) }
  const known = await Staff.findBy({ email: normalised(person.email) })
  return transaction(async (trx) => {
    if (known) await edit(objects.get('staff'), known.id, { password: person.password, active: true }, terminal, trx)
    else await addStaff(person, terminal, trx)
    return known ? 'renewed' : 'added'
  })
}
