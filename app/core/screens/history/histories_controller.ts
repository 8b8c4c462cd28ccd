import type { HttpContext } from '@adonisjs/core/http'
import { isFragment, NotFound } from '#core/http'
import { find, titles, type ObjectDefinition } from '#core/objects'
import { addressOf } from '../card/address_of.js'
import { opensAsCard } from '../card/head_form.js'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { historyOf } from './history_of.js'

/** What was done with a row, when and by whom: a part of its card, a window over the list of small things, or a page. */
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
  const inWindow = ctx.request.qs().window === '1' && ctx.request.method() !== 'POST'
  const view = isFragment(ctx) ? `screens::components/${inWindow ? 'history_dialog' : 'history'}` : 'screens::history_page'
  const [named] = ctx.request.method() === 'POST' ? await titles(object, [values.id], onlooker.reader) : []
  return ctx.view.render(view, { history, problem, title: named?.title, back: placeOf(object, values.id) })
}

/** Where the row itself is seen: its card, its edit window, the page of what there is one of. */
function placeOf(object: ObjectDefinition, id: number) {
  if (opensAsCard(object)) return addressOf(object, id)
  return object.small ? `${addressOf(object, id)}/edit` : `/${object.name}`
}
