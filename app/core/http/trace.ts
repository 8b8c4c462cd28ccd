import { randomUUID } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'

const WELL_FORMED = /^[\w-]{8,64}$/

/** The name of one request, in its log lines, its response and the page that tells of a failure. */
export function traceOf({ request }: HttpContext): string {
  return request.id()!
}

/** A proxy may have named the request already; what does not look like a name is replaced. */
export function nameRequest(ctx: HttpContext) {
  const { headers } = ctx.request.request
  if (!WELL_FORMED.test(String(headers['x-request-id'] ?? ''))) {
    headers['x-request-id'] = randomUUID()
    ctx.logger = ctx.logger.child({ request_id: traceOf(ctx) })
  }
  ctx.response.header('x-request-id', traceOf(ctx))
}
