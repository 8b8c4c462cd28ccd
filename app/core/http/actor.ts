import type { HttpContext } from '@adonisjs/core/http'
import { type Actor } from '#core/objects'
import { traceOf } from './trace.js'

/** Who asks, for the audit log. */
export function actorOf(ctx: HttpContext): Actor {
  const staff = 'auth' in ctx ? ctx.auth.user : undefined
  return { staffId: staff?.id ?? null, ip: ctx.request.ip(), trace: traceOf(ctx) }
}
