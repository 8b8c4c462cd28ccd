import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { isFragment } from '#core/http'
import { nameOf, searchable } from '#core/objects'
import { drawFolders } from '../folders/draw_folders.js'
import { drawList } from '../list/draw_list.js'
import { listAddress } from '../list/list_address.js'
import { listView } from '../list/list_view.js'
import { addressOfFilter } from '../list/stored_filters.js'
import { filterHead } from './filter_head.js'
import { onlookerOf, sectionOf } from './object_of.js'

/** The list of any object that has a path (F2-F5). */
export default class SectionsController {
  async index(ctx: HttpContext) {
    const object = sectionOf(ctx)
    const onlooker = onlookerOf(ctx)
    const view = await listView(object, ctx.request.qs(), onlooker)

    const short = await addressOfFilter(view.filter, object)
    if (short.startsWith('~') && view.filterText && !view.filterText.startsWith('~')) {
      return ctx.response.redirect().toPath(listAddress({ ...view, filterText: short }))
    }

    ctx.response.status(view.problems.length ? 422 : 200)
    if (isFragment(ctx)) return ctx.view.render('screens::components/rows', { list: await drawList(view, onlooker), fragment: true })

    const [list, head, folders] = await Promise.all([drawList(view, onlooker), filterHead(view, onlooker), drawFolders(view, onlooker)])
    const { staff, reader } = onlooker
    return ctx.view.render('screens::section', {
      list,
      object,
      title: nameOf(object, 'many', reader),
      head,
      folders,
      search: searchable(object, reader) ? view.search : undefined,
      links: (object.sectionLinks ?? [])
        .filter(({ right }) => may(staff, right, object.name))
        .map((link) => ({ ...link, label: reader.t(`${object.name}.buttons.${link.name}`) })),
      mayCreate: Boolean(object.create) && may(staff, 'create', object.name),
      trash: object.trash && may(staff, 'delete', object.name) ? `/${object.path}/trash` : undefined,
      mayImport: Boolean(object.importable) && may(staff, 'import', object.name),
    })
  }
}
