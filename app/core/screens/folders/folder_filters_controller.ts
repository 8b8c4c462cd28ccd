import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf, goTo, NotFound, toast } from '#core/http'
import { edit, objects } from '#core/objects'
import { onlookerOf } from '../section/object_of.js'
import { filterSent } from './filter_sent.js'
import { folderObject } from './folder.js'
import { ownFolder } from './folders.js'

/** The conditions of a folder, replaced by those in force. */
export default class FolderFiltersController {
  async update(ctx: HttpContext) {
    const { reader, staff } = onlookerOf(ctx)
    const folder = await ownFolder(ctx.params.id, staff)
    if (!folder) throw new NotFound()
    const object = objects.get(folder.object)
    const filter = await filterSent(ctx.request.input('filter'), object, reader)
    await transaction((trx) => edit(folderObject, folder.id, { filter }, actorOf(ctx), trx))
    toast(ctx, reader.t('folders.updated', { name: folder.name }))
    return goTo(ctx, `/${object.path}?folder=${folder.id}`)
  }
}
