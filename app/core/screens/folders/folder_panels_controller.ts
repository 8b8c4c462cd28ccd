import type { HttpContext } from '@adonisjs/core/http'
import { onlookerOf, sectionOf } from '../section/object_of.js'
import { drawFolders } from './draw_folders.js'

/** The panel of folders by itself, after something about it has changed. */
export default class FolderPanelsController {
  async show(ctx: HttpContext) {
    const { folder = '', filter = '' } = ctx.request.qs()
    const folders = await drawFolders({ object: sectionOf(ctx), folderText: String(folder), filterText: String(filter) }, onlookerOf(ctx))
    return ctx.view.render('screens::components/folders', { folders })
  }
}
