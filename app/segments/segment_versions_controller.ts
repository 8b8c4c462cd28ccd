import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { actorOf, Forbidden, idParam, NotFound, readerOf } from '#core/http'
import { recordChange } from '#core/audit'
import { segmentOf } from './segment.js'
import { versionCsv } from './version_csv.js'
import { versions } from './versions_panel.js'

export default class SegmentVersionsController {
  /** Every version there is: "See all". */
  async index(ctx: HttpContext) {
    const { id } = await segmentOf(idParam(ctx, 'id'))
    return ctx.view.render('segments::components/versions', await versions(id, readerOf(ctx), Number.MAX_SAFE_INTEGER))
  }

  /** The members of one version as CSV, for those who may take such rows out. */
  async show(ctx: HttpContext) {
    const segment = await segmentOf(idParam(ctx, 'id'))
    if (!may(ctx.auth.getUserOrFail(), 'export', segment.object)) throw new Forbidden()
    const version = idParam(ctx, 'version')
    if (version > segment.version) throw new NotFound()

    await recordChange({ actor: actorOf(ctx), action: 'segment.export', object: 'segment', id: segment.id, after: { version } })
    ctx.response.header('content-type', 'text/csv; charset=utf-8')
    ctx.response.header('content-disposition', `attachment; filename="segment-${segment.id}-v${version}.csv"`)
    return ctx.response.stream(await versionCsv(segment, version, readerOf(ctx)))
  }
}
