import type { HttpContext } from '@adonisjs/core/http'
import { isFragment, readerOf } from '#core/http'
import { search } from './search.js'

/** The search from anywhere: a page of its own, and the list inside the dialog that Ctrl+K opens. */
export default class SearchController {
  async index(ctx: HttpContext) {
    const found = await search(ctx.request.qs().q, ctx.auth.getUserOrFail(), readerOf(ctx))
    if (isFragment(ctx)) return ctx.view.render('search::components/found', { ...found, listbox: true })
    return ctx.view.render('search::page', found)
  }
}
