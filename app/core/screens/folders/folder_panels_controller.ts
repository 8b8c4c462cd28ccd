import type { HttpContext } from '@adonisjs/core/http'
import { listSettings } from '../list/list_settings.js'
import { onlookerOf, sectionOf } from '../section/object_of.js'
import { drawFolders } from './draw_folders.js'

/** The panel of folders by itself, after something about it has changed. */
export default class FolderPanelsController {
  async show(ctx: HttpContext) {
    const { folder = '', filter = '' } = ctx.request.qs()
    const object = sectionOf(ctx)
    const onlooker = onlookerOf(ctx)
    const liked = await listSettings(object, onlooker.staff.id)
    const folders = await drawFolders({ object, folderText: String(folder), filterText: String(filter), liked }, onlooker)
    return ctx.view.render('screens::components/folders', { folders })
  }
}
