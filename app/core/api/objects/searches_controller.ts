import type { HttpContext } from '@adonisjs/core/http'
import { schemaOf } from '#core/methods'
import { askedObject } from './asked_object.js'
import { said } from './said.js'
import { search, searchInput, type Search } from './search.js'

/** Rows that meet a filter, page by page. */
export default class SearchesController {
  async store(ctx: HttpContext) {
    const asking = askedObject(ctx, 'read')
    const asked = await said<Search>(ctx, asking, searchInput, schemaOf(searchInput))
    return ctx.response.json(await search(asking.object, asked, asking.reader))
  }
}
