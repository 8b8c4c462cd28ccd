import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf, goTo, isFragment, NotFound, toast } from '#core/http'
import { find, nameOf, remove, titles } from '#core/objects'
import { forgetTotals } from '../list/total.js'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { closed } from './closed.js'

/** The end of a row, where its section allows it. */
export default class DeletionsController {
  /** The question before it. */
  async create(ctx: HttpContext) {
    const { object, id, reader } = await asked(ctx)
    const [row] = await titles(object, [id], reader)
    const view = isFragment(ctx) ? 'screens::components/delete_dialog' : 'screens::delete_page'
    return ctx.view.render(view, {
      title: reader.t('core.card.deleteOne', { object: nameOf(object, 'one', reader).toLocaleLowerCase(reader.locale) }),
      question: reader.t('core.card.confirmDelete', { title: row?.title ?? `№ ${id}` }),
      action: `/${ctx.params.object}/${id}/deletion`,
      back: object.path ? `/${object.path}` : '/',
    })
  }

  async store(ctx: HttpContext) {
    const { object, id, reader } = await asked(ctx)
    await transaction((trx) => remove(object, id, actorOf(ctx), trx))
    forgetTotals(object)
    if (object.small || !object.path) return closed(ctx, object, 'core.deleted')
    toast(ctx, reader.t('core.deleted'))
    return goTo(ctx, `/${object.path}`)
  }
}

async function asked(ctx: HttpContext) {
  const object = objectOf(ctx)
  const { reader } = onlookerOf(ctx)
  const values = await find(object, ctx.params.id, reader, ['id'])
  if (!values || !object.verbs?.remove) throw new NotFound()
  return { object, id: values.id, reader }
}
