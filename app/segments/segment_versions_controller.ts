import type { HttpContext } from '@adonisjs/core/http'
import { idParam, readerOf } from '#core/http'
import { segmentOf } from './segment.js'
import { versions } from './versions_panel.js'

export default class SegmentVersionsController {
  /** Every version there is: "See all". */
  async index(ctx: HttpContext) {
    const { id } = await segmentOf(idParam(ctx, 'id'))
    return ctx.view.render('segments::components/versions', await versions(id, readerOf(ctx), Number.MAX_SAFE_INTEGER))
  }
}
