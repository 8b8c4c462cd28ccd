import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { appUrl } from '#config/app'
import { ForeignOrigin } from './errors/refusals.js'

const READING = ['GET', 'HEAD', 'OPTIONS']

/** Beside the token: a browser says from where a write comes, and a foreign page cannot make it lie. */
export default class SameOriginMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    if (!READING.includes(ctx.request.intended()) && comesFromElsewhere(ctx)) throw new ForeignOrigin()
    return next()
  }
}

function comesFromElsewhere({ request }: HttpContext) {
  if (request.header('sec-fetch-site') === 'cross-site') return true
  const origin = request.header('origin')
  if (origin === undefined) return false
  const host = URL.canParse(origin) ? new URL(origin).host : null
  return host !== request.host() && host !== typedHost
}

/** Behind a proxy the host of the request may be another than the one people type. */
const typedHost = new URL(appUrl).host
