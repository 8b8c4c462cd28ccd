import { errors } from '@adonisjs/auth'
import type { HttpContext } from '@adonisjs/core/http'
import { execute, row, sql } from '#core/database'
import { type Staff } from '../staff.js'
import { agentOf } from './device.js'

/** Of the session: the row of `staff_sessions` that stands for it. */
const KEY = 'place'

/** Writes down where somebody signs in. One session, one row: without the row the session opens nothing. */
export async function settle(ctx: HttpContext, { id, sessionVersion }: Staff) {
  const { request } = ctx
  const place = await row<{ id: number }>(
    sql`with forgotten as (
        delete from staff_sessions where staff_id = ${id} and (version <> ${sessionVersion} or last_seen_at < now() - interval '13 hours')
      )
      insert into staff_sessions (staff_id, version, address, agent)
      values (${id}, ${sessionVersion}, ${request.ip()}, ${agentOf(request.header('user-agent'))}) returning id`
  )
  ctx.session.put(KEY, place!.id)
}

/**
 * Lets a session go on whose place nobody has ended, and notes to within a minute that it lives. One that knows no place was opened by
 * an earlier release. Throws what sends people to the sign-in form.
 */
export async function stay(ctx: HttpContext, staff: Staff) {
  if (placeOf(ctx) === null) return settle(ctx, staff)
  if (!(await holds(ctx, staff))) {
    throw new errors.E_UNAUTHORIZED_ACCESS('The session was ended', { guardDriverName: 'session' })
  }
}

/** Whether this session still has its place. */
export async function holds(ctx: HttpContext, { id }: Staff): Promise<boolean> {
  const place = placeOf(ctx)
  const found = await row<{ stale: boolean }>(
    sql`select last_seen_at < now() - interval '1 minute' as stale from staff_sessions where id = ${place} and staff_id = ${id}`
  )
  if (found?.stale) await execute(sql`update staff_sessions set last_seen_at = now() where id = ${place}`)
  return Boolean(found)
}

/** Signing out. */
export async function forgetPlace(ctx: HttpContext) {
  await execute(sql`delete from staff_sessions where id = ${placeOf(ctx)}`)
}

/** The id of the row, or null. */
export function placeOf({ session }: HttpContext): number | null {
  return session.get(KEY) ?? null
}
