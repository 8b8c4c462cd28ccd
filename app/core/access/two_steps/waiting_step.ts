import { randomUUID } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import { Staff } from '../staff.js'
import { tally } from '../tally.js'

const KEY = 'secondStep'
const LIFE_SECONDS = 10 * 60
/** Codes that may be tried before the password is asked again (S-02). */
const TRIES = 5

interface Waiting {
  /** Under which its tries are counted. */
  id: string
  staffId: number
  sessionVersion: number
  since: number
}

/** The password was right, the code is still to come: a session that opens nothing yet, under a new id. */
export function waitForCode(ctx: HttpContext, { id, sessionVersion }: Staff) {
  ctx.session.clear()
  ctx.session.regenerate()
  const waiting: Waiting = { id: randomUUID(), staffId: id, sessionVersion, since: Date.now() }
  ctx.session.put(KEY, waiting)
}

/** Whose code this session waits for; null when nobody's, or for too long, or when the password has changed meanwhile. */
export async function waitingFor(ctx: HttpContext): Promise<Staff | null> {
  const waiting: Waiting | undefined = ctx.session.get(KEY)
  if (!waiting || Date.now() - waiting.since > LIFE_SECONDS * 1000) return null
  const { staffId, sessionVersion } = waiting
  return Staff.query().where({ id: staffId, sessionVersion, active: true }).first()
}

/** Whether one more code may be tried before the password is asked again. Counted in the database, so tries at once count too. */
export async function mayTry({ session }: HttpContext): Promise<boolean> {
  const { id }: Waiting = session.get(KEY)
  return (await tally(`sign-in:code:${id}`, LIFE_SECONDS)).count <= TRIES
}

export function stopWaiting({ session }: HttpContext) {
  session.forget(KEY)
}
