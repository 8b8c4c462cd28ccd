import { symbols } from '@adonisjs/auth'
import type { SessionGuardUser, SessionUserProviderContract } from '@adonisjs/auth/types/session'
import { execute, sql } from '#core/database'
import { Staff } from './staff.js'

/**
 * Whom a session belongs to. It keeps `id.version`, so that it dies at once when the password, the role or the
 * activity of the person changes: no session has to be searched for.
 */
export class StaffSessions implements SessionUserProviderContract<Staff> {
  declare [symbols.PROVIDER_REAL_USER]: Staff

  async createUserForGuard(staff: Staff): Promise<SessionGuardUser<Staff>> {
    return { getId: () => `${staff.id}.${staff.sessionVersion}`, getOriginal: () => staff }
  }

  async findById(identifier: string | number | bigint) {
    const [id, sessionVersion] = String(identifier).split('.')
    const staff = await Staff.query().where({ id, sessionVersion, active: true }).first()
    if (!staff) return null
    await noteVisit(staff)
    return this.createUserForGuard(staff)
  }
}

/** To within five minutes, so that a visit costs a write now and then, not always. */
async function noteVisit({ id, lastSeenAt }: Staff) {
  if (lastSeenAt && lastSeenAt.diffNow('minutes').minutes > -5) return
  await execute(sql`update staff set last_seen_at = now() where id = ${id}`)
}
