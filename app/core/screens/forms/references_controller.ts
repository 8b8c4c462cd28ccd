import type { HttpContext } from '@adonisjs/core/http'
import { objectOf, onlookerOf } from '../section/object_of.js'
import { search } from './options.js'

/** What a search inside a reference finds: id and title, nothing else of the row. */
export default class ReferencesController {
  async index(ctx: HttpContext) {
    const { q: typed, offered } = ctx.request.qs()
    const words = typeof typed === 'string' ? typed.slice(0, 200) : ''
    const found = await search(objectOf(ctx), words, onlookerOf(ctx).reader, offered === '1')
    return ctx.response.json(found)
  }
}
