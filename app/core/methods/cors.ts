import type { HttpContext } from '@adonisjs/core/http'
import { type Source } from './doors.js'
import { OriginRefused } from './refusals.js'
import { sourceOf } from './source_of.js'

const SENT = 'authorization, content-type, idempotency-key, accept-language, x-request-id'
const READ = 'x-request-id, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, retry-after, idempotency-replayed'
const SECONDS = '600'

/** Lets pages of the source's sites read the answer; those of others may not even ask. Throws `OriginRefused`. */
export function allowOrigin(source: Source, { request, response }: HttpContext) {
  const origin = request.header('origin')
  if (origin === undefined) return
  response.vary('Origin')
  if (!source.origins.includes(origin) && !isOwn(origin, request.host())) throw new OriginRefused()
  response.header('access-control-allow-origin', origin)
  response.header('access-control-expose-headers', READ)
}

/** A page of the product itself. A page without an address says `null`. */
const isOwn = (origin: string, host: string | null) => URL.canParse(origin) && new URL(origin).host === host

/** What a browser asks before it lets a page of another site call. */
export async function answerPreflight(ctx: HttpContext) {
  allowOrigin(await sourceOf(ctx), ctx)
  ctx.response.header('access-control-allow-methods', 'POST')
  ctx.response.header('access-control-allow-headers', SENT)
  ctx.response.header('access-control-max-age', SECONDS)
  return ctx.response.noContent()
}
