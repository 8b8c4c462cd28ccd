import { type Transaction } from '#core/database'
import { create, objects, type Actor, type Reader, type RoleName } from '#core/objects'

export interface NewStaff {
  name: string
  email: string
  /** As typed; it is hashed here. Without one the person is invited by mail. */
  password?: string
  role: RoleName
  locale?: Reader['locale']
  timezone?: string
}

/** Lets a person work here, by the same rules as the form, and answers their id. Throws `InvalidFields`. */
export async function addStaff(person: NewStaff, actor: Actor, trx: Transaction): Promise<number> {
  return create(objects.get('staff'), { ...person }, actor, trx)
}
