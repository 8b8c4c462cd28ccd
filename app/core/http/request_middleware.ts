import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { refreshObjects } from '#core/objects'
import { refreshSettings } from '#core/settings'
import { NotFound } from './errors/refusals.js'
import { speakTo } from './reader.js'
import { nameRequest } from './trace.js'

/** Gives every request its name and its language. PostgreSQL knows no NUL, so no address that holds one leads anywhere. */
export default class RequestMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    nameRequest(ctx)
    await refreshSettings()
    speakTo(ctx)
    if (/%00|\0/.test(ctx.request.request.url!)) throw new NotFound()
    await refreshObjects()
    return next()
  }
}
