import type { HttpContext } from '@adonisjs/core/http'
import { normalised, verified } from './credentials.js'
import { knowsBrowser } from './known_browser.js'
import { openSession } from './open_session.js'
import { countAttempt, forgiveAttempts } from './sign_in_attempts.js'
import { Staff } from './staff.js'
import { hasSecondStep } from './two_steps/second_step.js'
import { waitForCode } from './two_steps/waiting_step.js'

/**
 * The first step: whether mail and password belong together. They open a session, or where the person has a second step, one that
 * waits for the code. Throws `TooManyRequests`.
 */
export async function signIn(ctx: HttpContext, typedEmail: string, password: string): Promise<'signedIn' | 'code' | 'refused'> {
  const email = normalised(typedEmail)
  const known = knowsBrowser(ctx, await Staff.findBy({ email }))
  const attempt = { account: email, address: ctx.request.ip(), known }
  await countAttempt(attempt)

  const staff = await verified(email, password)
  if (!staff) {
    ctx.logger.warn({ ip: attempt.address, known }, 'sign-in refused')
    return 'refused'
  }
  await forgiveAttempts(attempt)
  if (await hasSecondStep(staff.id)) {
    waitForCode(ctx, staff)
    return 'code'
  }
  await openSession(ctx, staff)
  return 'signedIn'
}
