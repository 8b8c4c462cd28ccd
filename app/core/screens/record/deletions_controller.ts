import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf, goTo, isFragment, NotFound, refusalOf, toast } from '#core/http'
import { DAYS_IN_TRASH, DomainError, find, nameOf, remove, titles, type ObjectDefinition, type Reader } from '#core/objects'
import { addressOf } from '../card/address_of.js'
import { forgetTotals } from '../list/total.js'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { closed } from './closed.js'

/** The end of a row, where its section allows it. */
export default class DeletionsController {
  /** The question before it. */
  async create(ctx: HttpContext) {
    return drawn(ctx, await asked(ctx))
  }

  async store(ctx: HttpContext) {
    const { object, id, reader } = await asked(ctx)
    try {
      await transaction((trx) => remove(object, id, actorOf(ctx), trx))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      ctx.response.status(422)
      return drawn(ctx, { object, id, reader }, error)
    }
    forgetTotals(object)
    const undo = object.trash ? `${addressOf(object, id)}/restoration` : undefined
    if (object.small || !object.path) return closed(ctx, object, 'core.deleted', undo)
    toast(ctx, reader.t('core.deleted'), 'success', undo)
    return goTo(ctx, `/${object.path}`)
  }
}

interface Asked {
  object: ObjectDefinition
  id: number
  reader: Reader
}

/** The question, or why the row must stay and what can be done instead. */
async function drawn(ctx: HttpContext, { object, id, reader }: Asked, refused?: DomainError) {
  const [row] = await titles(object, [id], reader)
  const view = isFragment(ctx) ? 'screens::components/delete_dialog' : 'screens::delete_page'
  return ctx.view.render(view, {
    title: reader.t('core.card.deleteOne', { object: nameOf(object, 'one', reader).toLocaleLowerCase(reader.locale) }),
    question: reader.t(object.trash ? 'trash.confirmDelete' : 'core.card.confirmDelete', {
      days: DAYS_IN_TRASH,
      title: row?.title ?? `№ ${id}`,
    }),
    refusal: refused && refusalOf(refused, reader),
    instead: refused?.instead && { label: reader.t(`refusals.instead.${refused.instead.name}`), post: refused.instead.post },
    action: `/${ctx.params.object}/${id}/deletion`,
    back: object.path ? `/${object.path}` : '/',
  })
}

async function asked(ctx: HttpContext): Promise<Asked> {
  const object = objectOf(ctx)
  const { reader } = onlookerOf(ctx)
  const values = await find(object, ctx.params.id, reader, ['id'])
  if (!values || !object.verbs?.remove) throw new NotFound()
  return { object, id: values.id, reader }
}
