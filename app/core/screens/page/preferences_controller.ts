import type { HttpContext } from '@adonisjs/core/http'
import { reload } from '#core/http'
import { isTheme } from './theme.js'

const A_YEAR = '365d'

/** How the person wants the pages drawn. */
export default class PreferencesController {
  async store(ctx: HttpContext) {
    const { theme } = ctx.request.only(['theme'])
    if (isTheme(theme)) ctx.response.plainCookie('theme', theme, { maxAge: A_YEAR, encode: false, httpOnly: true })
    return reload(ctx)
  }
}
