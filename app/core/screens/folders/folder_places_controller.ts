import type { HttpContext } from '@adonisjs/core/http'
import { goTo, isHtmx, NotFound, trigger } from '#core/http'
import { onlookerOf } from '../section/object_of.js'
import { seenFolder } from './seen_folder.js'
import { isPlacing, place } from './place.js'

/** Where a folder stands for the person who asks: pinned, in which order, and whether the section opens with it. */
export default class FolderPlacesController {
  async update(ctx: HttpContext) {
    const { folder, object } = await seenFolder(ctx)
    const placing = ctx.request.input('place')
    if (!isPlacing(placing)) throw new NotFound()
    await place(folder, object, onlookerOf(ctx).staff.id, placing)
    if (!isHtmx(ctx)) return goTo(ctx, `/${object.path}?folder=${folder.id}`)
    trigger(ctx, { 'folders:changed': {} })
    return ctx.response.noContent()
  }
}
