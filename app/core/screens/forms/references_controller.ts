import type { HttpContext } from '@adonisjs/core/http'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { search } from './options.js'

/** What a search inside a reference finds: id and title, nothing else of the row. */
export default class ReferencesController {
  async index(ctx: HttpContext) {
    const typed = ctx.request.input('q', '')
    return ctx.response.json(await search(objectOf(ctx), typeof typed === 'string' ? typed.slice(0, 200) : '', onlookerOf(ctx).reader))
  }
}
