import type { HttpContext } from '@adonisjs/core/http'
import { keepSettings } from '../list/list_settings.js'
import { onlookerOf, sectionOf } from './object_of.js'

/** Whether the filter stands open and the folders are folded away, as the person left them. */
export default class LayoutsController {
  async store(ctx: HttpContext) {
    const { filter, folders } = ctx.request.only(['filter', 'folders'])
    await keepSettings(sectionOf(ctx), onlookerOf(ctx).staff.id, {
      ...(filter === undefined ? {} : { filterShown: filter === 'shown' }),
      ...(folders === undefined ? {} : { foldersFolded: folders === 'folded' }),
    })
    return ctx.response.noContent()
  }
}
