import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/http'
import { integer, show } from '#core/objects'
import { drawExport } from './draw_export.js'
import { ownExport } from './own_export.js'

/** How far an export is, for the page that waits for it (`resources/js/watch.js`). */
export default class ExportStatesController {
  async show(ctx: HttpContext) {
    const found = await ownExport(ctx)
    const reader = readerOf(ctx)
    const { finished, state, file, objects } = drawExport(found, reader)
    if (!finished) return ctx.response.json({ finished })
    const message = reader.t(`exports.ended.${state}`, { objects, rows: show(integer(), found.rows ?? 0, reader) })
    const link = file ? { href: file, label: reader.t('core.download') } : { href: '/exports', label: reader.t('exports.mine') }
    return ctx.response.json({ finished, message, kind: state === 'done' ? 'success' : 'error', link })
  }
}
