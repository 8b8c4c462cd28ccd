import type { HttpContext } from '@adonisjs/core/http'
import { mainMenu } from '../page/main_menu.js'

/** The start page: the first section that the person may read. */
export default class HomeController {
  async show(ctx: HttpContext) {
    const [first] = mainMenu(ctx).flatMap(({ entries }) => entries)
    if (first) return ctx.response.redirect().toPath(first.path)
    return ctx.view.render('screens::home', {})
  }
}
