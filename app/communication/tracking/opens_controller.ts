import type { HttpContext } from '@adonisjs/core/http'
import { opensAsBot } from './bots.js'
import { noteOpen } from './reactions.js'
import { readToken } from './token.js'

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

export default class OpensController {
  /** The same picture for everybody, so that a guessed token learns nothing. */
  async show({ request, response, params }: HttpContext) {
    const key = readToken(String(params.file).replace(/\.gif$/, ''), 'link')
    const userAgent = request.header('user-agent')
    if (key) await noteOpen(key, { bot: request.method() === 'HEAD' || opensAsBot(userAgent), userAgent })
    response.header('content-type', 'image/gif')
    response.header('cache-control', 'no-store')
    return response.send(PIXEL)
  }
}
