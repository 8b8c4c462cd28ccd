import type { HttpContext } from '@adonisjs/core/http'
import { isFragment, NotFound } from '#core/http'
import { find, titles } from '#core/objects'
import { addressOf } from '../card/address_of.js'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { historyOf } from './history_of.js'

/** What was done with a row, when and by whom. */
export default class HistoriesController {
  async show(ctx: HttpContext) {
    return drawHistory(ctx)
  }
}

/** After a reversal the title of the card may be another one. */
export async function drawHistory(ctx: HttpContext, problem?: string) {
  const object = objectOf(ctx)
  const onlooker = onlookerOf(ctx)
  const values = await find(object, ctx.params.id, onlooker.reader, ['id'])
  if (!values) throw new NotFound()
  const asked = Number(ctx.request.qs().before)
  const before = Number.isSafeInteger(asked) && asked > 0 ? asked : undefined
  const history = await historyOf(object, values.id, onlooker, before)
  const view = isFragment(ctx) ? 'screens::components/history' : 'screens::history_page'
  const [named] = ctx.request.method() === 'POST' ? await titles(object, [values.id], onlooker.reader) : []
  return ctx.view.render(view, { history, problem, title: named?.title, back: addressOf(object, values.id) })
}
