import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { pageOf } from './page.js'

/** Lets every template draw the layout, also that of an unknown address. */
export default class PageMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    ctx.view.share({ page: pageOf(ctx) })
    return next()
  }
}
