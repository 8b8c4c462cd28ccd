import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from '#core/http'
import { onlookerOf, sectionOf } from '../section/object_of.js'
import { withWords } from './list_address.js'
import { keepSettings } from './list_settings.js'
import { sizes } from './list_view.js'

/** How many rows a person likes on a page (F4). */
export default class SizesController {
  async store(ctx: HttpContext) {
    const object = sectionOf(ctx)
    const { filter, folder, search, sort, size } = ctx.request.only(['filter', 'folder', 'search', 'sort', 'size'])
    const liked = sizes.find((one) => String(one) === size)
    if (!liked) throw new NotFound()
    await keepSettings(object, onlookerOf(ctx).staff.id, { size: liked })
    /** The same list from its first page; htmx follows and gets the table alone. */
    return ctx.response.redirect().status(303).toPath(withWords(`/${object.path}`, { filter, folder, search, sort }))
  }
}
