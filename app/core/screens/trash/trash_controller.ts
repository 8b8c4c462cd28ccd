import type { HttpContext } from '@adonisjs/core/http'
import { isFragment, NotFound } from '#core/http'
import { DAYS_IN_TRASH, nameOf } from '#core/objects'
import { onlookerOf, sectionOf } from '../section/object_of.js'
import { columnsOf } from '../table/column.js'
import { trashOf } from './trash_of.js'

/** Deleted rows of a section, which may still be restored. */
export default class TrashController {
  async index(ctx: HttpContext) {
    const object = sectionOf(ctx)
    if (!object.trash) throw new NotFound()
    const onlooker = onlookerOf(ctx)
    const asked = Number(ctx.request.input('page', 1))
    const page = Number.isSafeInteger(asked) && asked > 0 && asked < 1e6 ? asked : 1
    const view = isFragment(ctx) ? 'screens::components/trash_rows' : 'screens::trash'
    return ctx.view.render(view, {
      object,
      title: onlooker.reader.t('trash.title', { objects: nameOf(object, 'many', onlooker.reader) }),
      back: { href: `/${object.path}`, label: nameOf(object, 'many', onlooker.reader) },
      days: DAYS_IN_TRASH,
      columns: columnsOf(object, object.columns, onlooker.reader, undefined, () => '').map((column) => ({ ...column, sort: undefined })),
      ...(await trashOf(object, page, onlooker)),
    })
  }
}
