import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { offerExport, startExport, type Offer } from '#core/exports'
import { everything } from '#core/filters'
import { Forbidden, idParam, NotFound } from '#core/http'
import { objects } from '#core/objects'
import { segmentOf } from './segment.js'
import { versionRows } from './version_rows.js'

/** The members of one version as a file, for those who may take such rows out. */
export default class VersionExportsController {
  async create(ctx: HttpContext) {
    return offerExport(ctx, await offerIn(ctx))
  }

  async store(ctx: HttpContext) {
    return startExport(ctx, await offerIn(ctx))
  }
}

/** With the columns of the segment as they are today; of a member who was deleted since nothing is told. */
async function offerIn(ctx: HttpContext): Promise<Offer> {
  const segment = await segmentOf(idParam(ctx, 'id'))
  if (!may(ctx.auth.getUserOrFail(), 'export', segment.object)) throw new Forbidden()
  const version = idParam(ctx, 'version')
  if (version > segment.version) throw new NotFound()

  const columns = ['id', ...segment.columns]
  return {
    object: objects.get(segment.object),
    view: { filter: everything, search: '', sort: 'id', columns, among: { source: versionRows.name, of: [segment.id, version] } },
    post: `/segments/${segment.id}/versions/${version}/exports`,
    back: `/segments/${segment.id}?tab=versions`,
  }
}
