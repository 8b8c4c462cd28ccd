import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, idParam } from '#core/http'
import { transaction } from '#core/database'
import { define } from './define.js'

export default class SegmentDefinitionsController {
  async update(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    const { filter, columns } = ctx.request.only(['filter', 'columns'])
    await transaction((trx) => define(id, filter, [columns ?? []].flat(), actorOf(ctx), trx))
    return ctx.response.redirect().status(303).toPath(`/segments/${id}?tab=definition`)
  }
}
