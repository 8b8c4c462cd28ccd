import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Pages hold people's data: no cache keeps them, and "back" after signing out shows nothing. */
export default class NoStoreMiddleware {
  async handle({ response }: HttpContext, next: NextFn) {
    response.header('cache-control', 'no-store')
    return next()
  }
}
