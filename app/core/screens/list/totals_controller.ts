import type { HttpContext } from '@adonisjs/core/http'
import { onlookerOf, sectionOf } from '../section/object_of.js'
import { counterOf } from './counter.js'
import { countedBy } from './counted.js'
import { listView } from './list_view.js'
import { pagerOf } from './pager.js'
import { totalOf } from './total.js'

/** How many rows a list has, asked beside its page so that neither waits for the other. */
export default class TotalsController {
  async show(ctx: HttpContext) {
    const onlooker = onlookerOf(ctx)
    const { reader } = onlooker
    const view = await listView(sectionOf(ctx), ctx.request.qs(), onlooker)
    const total = view.refused ? undefined : await totalOf(countedBy(view, reader))
    return ctx.view.render('screens::components/total', {
      counter: counterOf(view, total ?? { count: 0, kind: 'exact', counting: false }, reader),
      pager: pagerOf(view, { places: [], more: false, total }, reader),
    })
  }
}
