import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, isHtmx, trigger } from '#core/http'
import { valueOf } from './value_of.js'
import { move } from './move.js'

/** A value of a reference book, one place up or down; the list behind the button loads again. */
export default class MovesController {
  async store(ctx: HttpContext) {
    const { book, id } = await valueOf(ctx)
    await move(book, id, ctx.params.way, actorOf(ctx))
    if (!isHtmx(ctx)) return goTo(ctx, `/${book.path}`)
    trigger(ctx, { [`${book.name}:changed`]: true })
    return ctx.response.status(204)
  }
}
