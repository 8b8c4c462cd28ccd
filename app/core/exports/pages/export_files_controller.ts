import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { recordChange } from '#core/audit'
import { download } from '#core/files'
import { actorOf, Forbidden, NotFound, readerOf } from '#core/http'
import { objects } from '#core/objects'
import { holdsPersonal } from '../export_view.js'
import { ownExport } from './own_export.js'

/** The file itself; each time it is taken is told in the audit log. */
export default class ExportFilesController {
  async show(ctx: HttpContext) {
    const { id, object, view, personal, state, fileId } = await ownExport(ctx)
    if (state !== 'done') throw new NotFound()
    /** The rights of today, not those of the day when it was asked for. */
    if (!may(ctx.auth.getUserOrFail(), 'export', object)) throw new Forbidden()
    if (personal && !holdsPersonal(objects.get(object), view.columns, readerOf(ctx))) throw new Forbidden()
    await recordChange({ actor: actorOf(ctx), action: 'export.download', object, id: null, after: { export: id } })
    return download(ctx, fileId)
  }
}
