import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { readiness } from './readiness.js'

/**
 * `/health/live` says that the process answers, `/health/ready` that it may be given requests.
 * Before the router, since a probe each second needs no session.
 */
export default class HealthMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn) {
    switch (request.url()) {
      case '/health/live':
        return response.header('cache-control', 'no-store').json({ live: true })
      case '/health/ready': {
        const answer = await readiness()
        response.header('cache-control', 'no-store').status(answer.ready ? 200 : 503)
        return response.json(answer)
      }
      default:
        return next()
    }
  }
}
