import type { HttpContext } from '@adonisjs/core/http'
import { locales, themes } from '#core/access'
import { reload } from '#core/http'

/** In which language and colours the person wants the pages, and whether letters are keys. */
export default class PreferencesController {
  async store(ctx: HttpContext) {
    const staff = ctx.auth.getUserOrFail()
    const { locale, theme, keyboard } = ctx.request.only(['locale', 'theme', 'keyboard'])
    await staff
      .merge({
        locale: locales.find((known) => known === locale) ?? staff.locale,
        theme: themes.find((known) => known === theme) ?? staff.theme,
        keyboard: ['on', 'off'].includes(keyboard) ? keyboard === 'on' : staff.keyboard,
      })
      .save()
    return reload(ctx)
  }
}
