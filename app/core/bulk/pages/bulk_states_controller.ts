import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/http'
import { objects } from '#core/objects'
import { forgetTotals } from '#core/screens'
import { drawBulk } from './draw_bulk.js'
import { ownBulk } from './own_bulk.js'

/** The same for the page that waits for it (`resources/js/watch.js`). */
export default class BulkStatesController {
  async show(ctx: HttpContext) {
    const found = await ownBulk(ctx)
    const reader = readerOf(ctx)
    const { finished, state, skipped } = drawBulk(found, { reader, staff: ctx.auth.getUserOrFail() })
    if (!finished) return ctx.response.json({ finished })
    if (objects.has(found.object)) forgetTotals(objects.get(found.object))
    return ctx.response.json({
      finished,
      changed: found.object,
      message: reader.t(`bulk.ended.${state}`, { done: found.done, skipped: found.skipped }),
      kind: state === 'done' && !skipped ? 'success' : 'error',
      link: skipped || state !== 'done' ? { href: `/bulk-runs/${found.id}`, label: reader.t('bulk.more') } : undefined,
    })
  }
}
