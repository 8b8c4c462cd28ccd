import type { HttpContext } from '@adonisjs/core/http'
import { isFragment, NotFound } from '#core/http'
import { nameOf, titles } from '#core/objects'
import { objectOf, onlookerOf } from '../section/object_of.js'

/** The question before a row is deleted. */
export default class DeletionsController {
  async create(ctx: HttpContext) {
    const object = objectOf(ctx)
    const { reader } = onlookerOf(ctx)
    const [row] = await titles(object, [ctx.params.id])
    if (!row || !object.verbs?.remove) throw new NotFound()
    const view = isFragment(ctx) ? 'screens::components/delete_dialog' : 'screens::delete_page'
    return ctx.view.render(view, {
      title: reader.t('core.card.deleteOne', { object: nameOf(object, 'one', reader).toLocaleLowerCase(reader.locale) }),
      question: reader.t('core.card.confirmDelete', { title: row.title ?? `№ ${row.id}` }),
      action: `/${ctx.params.object}/${row.id}?_method=DELETE`,
      back: object.path ? `/${object.path}` : '/',
    })
  }
}
