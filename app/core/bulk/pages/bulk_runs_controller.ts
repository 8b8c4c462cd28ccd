import type { HttpContext } from '@adonisjs/core/http'
import { isFragment } from '#core/http'
import { onlookerOf } from '#core/screens'
import { drawBulk } from './draw_bulk.js'
import { ownBulk } from './own_bulk.js'

/** How far a bulk run is, and what it came to. */
export default class BulkRunsController {
  async show(ctx: HttpContext) {
    const { reader } = onlookerOf(ctx)
    const bulk = drawBulk(await ownBulk(ctx), { reader, staff: ctx.auth.getUserOrFail() })
    return ctx.view.render(isFragment(ctx) ? 'bulk::components/run' : 'bulk::show', { bulk })
  }
}
