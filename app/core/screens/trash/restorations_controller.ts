import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf, NotFound } from '#core/http'
import { restore } from '#core/objects'
import { forgetTotals } from '../list/total.js'
import { closed } from '../record/closed.js'
import { objectOf } from '../section/object_of.js'

/** A row comes back from the trash. */
export default class RestorationsController {
  async store(ctx: HttpContext) {
    const object = objectOf(ctx)
    if (!object.trash) throw new NotFound()
    const restored = await transaction((trx) => restore(object, ctx.params.id, actorOf(ctx), trx))
    if (!restored) throw new NotFound()
    forgetTotals(object)
    return closed(ctx, object, 'trash.restored')
  }
}
