import { readerWith } from '#core/http'
import { type Reader } from '#core/objects'
import { may } from './may.js'
import { refreshRoles } from './roles/roles.js'
import { Staff } from './staff.js'

/** Who asked for a job, with the rights that they have now; undefined when they work here no more. */
export async function onBehalfOf(staffId: number): Promise<{ staff: Staff; reader: Reader } | undefined> {
  await refreshRoles()
  const staff = await Staff.find(staffId)
  if (!staff?.active) return undefined
  const knows: Reader['knows'] = (object) => may(staff, 'personal', object)
  const reads: Reader['reads'] = (object) => may(staff, 'read', object)
  return { staff, reader: readerWith(staff, { knows, reads }) }
}
