import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from '#core/http'
import { readLogo } from './keep_logo.js'

/** The logo of the company, which the sign-in page shows as well. */
export default class LogosController {
  async show({ params, response }: HttpContext) {
    const logo = /^[\w-]{16}$/.test(params.version) ? await readLogo(params.version) : undefined
    if (!logo) throw new NotFound()
    response.header('content-type', logo.type)
    response.header('cache-control', 'public, max-age=31536000, immutable')
    /** Whatever the bytes may also be, opened by themselves they do nothing. */
    response.header('content-security-policy', `default-src 'none'; sandbox`)
    return response.send(logo.content)
  }
}
