import type { HttpContext } from '@adonisjs/core/http'
import { idParam, NotFound } from '#core/http'
import { clicksAsBot } from './bots.js'
import { noteClick } from './reactions.js'
import { targetOf } from './target.js'
import { readToken } from './token.js'

export default class LinksController {
  /** A click: counted, then sent on to the stored address. What is not ours is an unknown page. */
  async show(ctx: HttpContext) {
    const { request, response, params } = ctx
    const key = readToken(params.token, 'link')
    const target = key && (await targetOf(key, idParam(ctx, 'position')))
    if (!target) throw new NotFound()

    const userAgent = request.header('user-agent')
    const bot = request.method() === 'HEAD' || clicksAsBot(userAgent)
    await noteClick(key, target, { bot, userAgent })
    response.header('cache-control', 'no-store')
    response.header('referrer-policy', 'no-referrer')
    return response.redirect().status(302).toPath(target.location)
  }
}
