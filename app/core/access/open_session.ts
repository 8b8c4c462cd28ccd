import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { actorOf } from '#core/http'
import { rememberBrowser } from './known_browser.js'
import { settle } from './places/place.js'
import { type Staff } from './staff.js'

/**
 * Signs a person in who has proved who they are. The session gets a new id, so one that somebody planted before is worth nothing.
 */
export async function openSession(ctx: HttpContext, staff: Staff) {
  ctx.session.clear()
  await renewSession(ctx, staff)
  await recordChange({ actor: { ...actorOf(ctx), staffId: staff.id }, action: 'signIn', object: 'staff', id: staff.id })
}

/**
 * The person is the same, but all their sessions have ended, this one too: a change of the password, of the second step. What else the
 * session holds stays, such as the token of the page that is being drawn.
 */
export async function renewSession(ctx: HttpContext, staff: Staff) {
  await ctx.auth.use('staff').login(staff)
  await settle(ctx, staff)
  rememberBrowser(ctx, staff)
}
