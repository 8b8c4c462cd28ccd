import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf } from '#core/http'
import { edit } from '#core/objects'
import { closed, forgetTotals } from '#core/screens'
import { valueOf } from './value_of.js'

/** Takes a value out of what is offered; rows that have it keep it. */
export default class InactivitiesController {
  async store(ctx: HttpContext) {
    const { book, id } = await valueOf(ctx)
    await transaction((trx) => edit(book, id, { active: false }, actorOf(ctx), trx))
    forgetTotals(book)
    return closed(ctx, book, 'core.saved')
  }
}
