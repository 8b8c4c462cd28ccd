import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { transaction } from '#core/database'
import { describe, filterFrom } from '#core/filters'
import { actorOf, Forbidden, goTo, isFragment, NotFound, toast } from '#core/http'
import { InvalidFields, labelOf, nameOf, objects, typed, type ObjectDefinition } from '#core/objects'
import { addressOfFilter, filterSent, forgetTotals, formOf, onlookerOf, refusedForm, withWords, type Form } from '#core/screens'
import { createDefined } from './create_defined.js'
import { requestRecount } from './request_recount.js'
import { segmentable, segmentObject } from './segment_object.js'

const typedByHand = ['name']

/** A segment out of the filter in force above a list: its base and conditions are known, only its name is asked for. */
export default class FilteredSegmentsController {
  async create(ctx: HttpContext) {
    const { object, filter } = await sent(ctx)
    return drawn(ctx, object, filter, await formOf(segmentObject, typedByHand, {}, onlookerOf(ctx).reader))
  }

  async store(ctx: HttpContext) {
    const { object, filter } = await sent(ctx)
    const { reader, staff } = onlookerOf(ctx)
    const said = ctx.request.only(typedByHand)
    const actor = actorOf(ctx)
    const counts = may(staff, 'recount', 'segment')
    try {
      const values = { ...typed(segmentObject, typedByHand, said, reader), object: object.name }
      const id = await transaction(async (trx) => {
        const made = await createDefined(values, filterFrom(filter, object, reader), actor, trx)
        if (counts) await requestRecount(made, actor, reader.timezone, trx)
        return made
      })
      forgetTotals(segmentObject)
      toast(ctx, reader.t(counts ? 'segment.fromFilter.counting' : 'segment.fromFilter.made'))
      return goTo(ctx, `/segments/${id}?tab=versions`)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return drawn(ctx, object, filter, await refusedForm(segmentObject, typedByHand, said, error, reader))
    }
  }
}

/** The base and the conditions that an address or a form names, as whoever asks may read and ask them. */
async function sent(ctx: HttpContext) {
  const { reader, staff } = onlookerOf(ctx)
  const object = objects.get(String(ctx.request.input('object', '')))
  if (!segmentable(object)) throw new NotFound()
  if (!may(staff, 'read', object.name)) throw new Forbidden()
  return { object, filter: await filterSent(ctx.request.input('filter'), object, reader) }
}

async function drawn(ctx: HttpContext, object: ObjectDefinition, filter: string, form: Form) {
  const { reader } = onlookerOf(ctx)
  const base = { label: labelOf(objects.field(segmentObject, 'object'), reader), title: nameOf(object, 'many', reader), name: 'object', value: object.name }
  const meant = filterFrom(filter, object, reader)
  const conditions = {
    label: reader.t('segment.fromFilter.conditions'),
    title: await describe(meant, object, reader),
    name: 'filter',
    value: filter,
  }
  return ctx.view.render(isFragment(ctx) ? 'screens::components/record_dialog' : 'screens::record_page', {
    title: reader.t('segment.fromFilter.title'),
    action: '/segments/from-filter',
    back: withWords(`/${object.path}`, { filter: await addressOfFilter(meant, object) }),
    form,
    known: { shown: [base, conditions] },
  })
}
