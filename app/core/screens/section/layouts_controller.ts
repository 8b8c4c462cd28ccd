import type { HttpContext } from '@adonisjs/core/http'
import { keepPreferences } from '../folders/preferences.js'
import { onlookerOf, sectionOf } from './object_of.js'

/** Whether the filter stands open and the folders are folded away, as the person left them. */
export default class LayoutsController {
  async store(ctx: HttpContext) {
    const { filter, folders } = ctx.request.only(['filter', 'folders'])
    await keepPreferences(sectionOf(ctx), onlookerOf(ctx).staff.id, {
      ...(filter === undefined ? {} : { filterShown: filter === 'shown' }),
      ...(folders === undefined ? {} : { foldersFolded: folders === 'folded' }),
    })
    return ctx.response.noContent()
  }
}
