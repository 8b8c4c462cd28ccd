import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { cspFactory, frameGuardFactory, hstsFactory } from '@adonisjs/shield/guards'
import shield from '#config/shield'

/** Of shield, all that needs no session: the page of a failure is as well guarded as any other. */
const guards = [cspFactory(shield.csp), frameGuardFactory(shield.xFrame), hstsFactory(shield.hsts)]

/** What every response says, also one that no route wrote. */
export default class SecurityHeadersMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    for (const guard of guards) guard(ctx)
    ctx.response.header('x-content-type-options', 'nosniff')
    ctx.response.header('referrer-policy', 'strict-origin-when-cross-origin')
    ctx.response.header('cross-origin-opener-policy', 'same-origin')
    return next()
  }
}
