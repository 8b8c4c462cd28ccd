import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { builder, everything, filterOf, InvalidFilter, knownTo, readDraft } from '#core/filters'
import { actorOf, Forbidden, goTo, idParam, isHtmx, listSent, readerOf, toast } from '#core/http'
import { objects, type ObjectDefinition } from '#core/objects'
import { define } from './define.js'
import { segmentOf } from './segment.js'

export default class SegmentDefinitionsController {
  async update(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    const segment = await segmentOf(id)
    const object = objects.get(segment.object)
    const reader = readerOf(ctx)
    if (!knownTo(reader, segment.filter, object)) throw new Forbidden()
    const columns = listSent(ctx, 'columns')
    try {
      const filter = filterOf(ctx.request.all(), 'filter', object, reader)
      await transaction((trx) => define(id, { filter, columns }, actorOf(ctx), trx))
    } catch (error) {
      if (!(error instanceof InvalidFilter) || !isHtmx(ctx)) throw error
      return drawProblems(ctx, object)
    }
    toast(ctx, reader.t('segment.definition.saved'))
    return goTo(ctx, `/segments/${id}?tab=definition`)
  }
}

/** The conditions as they were sent, each fault at its own. */
async function drawProblems(ctx: HttpContext, object: ObjectDefinition) {
  const draft = readDraft(ctx.request.all(), 'filter', object) ?? everything
  const state = await builder(draft, object, readerOf(ctx), { name: 'filter', applies: false, strict: true })
  ctx.response.status(422)
  return ctx.view.render('filters::components/tree', { builder: state })
}
