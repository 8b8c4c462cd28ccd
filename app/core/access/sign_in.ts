import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { actorOf } from '#core/http'
import { normalised, verified } from './credentials.js'
import { knowsBrowser, rememberBrowser } from './known_browser.js'
import { countAttempt, forgiveAttempts } from './sign_in_attempts.js'
import { Staff } from './staff.js'

/**
 * Opens a session when mail and password belong together, and answers whether they did. The session gets a new id, so one that
 * somebody planted before is worth nothing. Throws `TooManyRequests`.
 */
export async function signIn(ctx: HttpContext, typedEmail: string, password: string): Promise<boolean> {
  const email = normalised(typedEmail)
  const known = knowsBrowser(ctx, await Staff.findBy({ email }))
  const attempt = { email, address: ctx.request.ip(), known }
  await countAttempt(attempt)

  const staff = await verified(email, password)
  if (!staff) {
    ctx.logger.warn({ ip: attempt.address, known }, 'sign-in refused')
    return false
  }
  await forgiveAttempts(attempt)
  ctx.session.clear()
  await ctx.auth.use('staff').login(staff)
  rememberBrowser(ctx, staff)
  await recordChange({ actor: { ...actorOf(ctx), staffId: staff.id }, action: 'signIn', object: 'staff', id: staff.id })
  return true
}
