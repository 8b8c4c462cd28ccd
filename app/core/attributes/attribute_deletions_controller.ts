import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { transaction } from '#core/database'
import { actorOf, goTo, idParam, isFragment, isHtmx, NotFound, readerOf, toast, trigger } from '#core/http'
import { type Actor } from '#core/objects'
import { attributeOf, type Attribute } from './attribute.js'
import { clearJob } from './clear_job.js'
import { forget, isFilled } from './remove_attribute.js'

/** The end of a field. One that rows hold values of goes with them, once its code was typed. */
export default class AttributeDeletionsController {
  async create(ctx: HttpContext) {
    return question(ctx, await asked(ctx))
  }

  async store(ctx: HttpContext) {
    const attribute = await asked(ctx)
    const filled = await isFilled(attribute)
    if (filled && ctx.request.input('typed') !== attribute.name) {
      ctx.response.status(422)
      return question(ctx, attribute, readerOf(ctx).t('attribute.deletion.wrong', { name: attribute.name }))
    }
    await remove(attribute, filled, actorOf(ctx))
    toast(ctx, readerOf(ctx).t('core.deleted'))
    if (!isHtmx(ctx)) return goTo(ctx, '/attributes')
    trigger(ctx, { 'attribute:changed': true, 'dialog:close': true })
    return ctx.response.status(204)
  }
}

async function asked(ctx: HttpContext): Promise<Attribute> {
  const attribute = await attributeOf(idParam(ctx, 'id'))
  if (!attribute) throw new NotFound()
  return attribute
}

async function remove(attribute: Attribute, filled: boolean, actor: Actor) {
  const { id, object, name, label, type, columnName } = attribute
  await transaction(async (trx) => {
    await forget(attribute, trx)
    await recordChange({ actor, action: 'delete', object: 'attribute', id, before: { object, name, label, type } }, trx)
    if (filled && !columnName) await clearJob.start({ object, name }, { actor, trx, title: label })
  })
}

async function question(ctx: HttpContext, attribute: Attribute, error?: string) {
  const { t } = readerOf(ctx)
  const view = isFragment(ctx) ? 'attributes::components/deletion_dialog' : 'attributes::deletion_page'
  return ctx.view.render(view, {
    title: t('attribute.deletion.title'),
    question: t('attribute.deletion.question', { name: attribute.label }),
    filled: await isFilled(attribute),
    name: attribute.name,
    action: `/attributes/${attribute.id}/deletion`,
    error,
  })
}
