import type { HttpContext } from '@adonisjs/core/http'
import { goTo, idParam, NotFound } from '#core/http'
import { tableOf } from '../custom_table.js'

/** From the card of a table to its rows. */
export default class TableSectionsController {
  async show(ctx: HttpContext) {
    const table = await tableOf(idParam(ctx, 'id'))
    if (!table) throw new NotFound()
    return goTo(ctx, `/${table.path}`)
  }
}
