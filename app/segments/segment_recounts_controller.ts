import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, idParam, readerOf } from '#core/http'
import { requestRecount } from './request_recount.js'

export default class SegmentRecountsController {
  async store(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    await requestRecount(id, actorOf(ctx), readerOf(ctx).timezone)
    return ctx.response.redirect().status(303).toPath(`/segments/${id}?tab=versions`)
  }
}
