import type { HttpContext } from '@adonisjs/core/http'
import { NotFound } from '#core/http'
import { find } from '#core/objects'
import { remember } from '#core/search'
import { onlookerOf, sectionOf } from '../section/object_of.js'
import { cardPage } from './card_page.js'

/** The card of a row (F6). */
export default class CardsController {
  async show(ctx: HttpContext) {
    const object = sectionOf(ctx)
    const onlooker = onlookerOf(ctx)
    const values = await find(object, ctx.params.id, onlooker.reader)
    if (!values || object.small) throw new NotFound()
    await remember(onlooker.staff.id, { object: object.name, id: values.id })
    return cardPage(ctx, object, values, onlooker)
  }
}
