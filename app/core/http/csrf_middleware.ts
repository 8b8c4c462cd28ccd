import encryption from '@adonisjs/core/services/encryption'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type {} from '@adonisjs/shield/shield_middleware'
import { csrfFactory } from '@adonisjs/shield/guards'
import edge from 'edge.js'
import shield from '#config/shield'

/** Made once: the middleware of the package would make all its guards anew for every request. */
const guard = csrfFactory(shield.csrf, encryption.use(), edge)

/** Whoever writes must have been on a page of ours: the token of their session proves it. */
export default class CsrfMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    await guard(ctx)
    return next()
  }
}
