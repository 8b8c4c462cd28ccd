import type { HttpContext } from '@adonisjs/core/http'
import { isFragment } from '#core/http'
import { drawn } from './draw.js'
import { figuresOf } from './kept.js'
import { periodOf } from './period.js'
import { widgetOf } from './widget_of.js'

/** One widget, which loads beside the page; without JavaScript a page of its own. */
export default class WidgetsController {
  async show(ctx: HttpContext) {
    const { widget, staff, reader } = widgetOf(ctx)
    const period = periodOf(ctx.request.qs(), reader.timezone)
    const figures = await figuresOf(widget, period, reader)
    const view = isFragment(ctx) ? 'home::components/widget' : 'home::widget_page'
    return ctx.view.render(view, { widget: drawn(widget, figures, period, staff, reader) })
  }
}
