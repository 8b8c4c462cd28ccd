import type { HttpContext } from '@adonisjs/core/http'
import { goTo, ownPath, rememberLanguage } from '#core/http'
import { locales } from './staff.js'

/** In which language the pages before sign-in speak on this browser, whatever it prefers. */
export default class LanguagesController {
  async store(ctx: HttpContext) {
    const wanted = locales.find((known) => known === ctx.request.input('locale'))
    if (wanted) rememberLanguage(ctx, wanted)
    return goTo(ctx, ownPath(ctx.request.input('return')) ?? '/login')
  }
}
