import type { HttpContext } from '@adonisjs/core/http'
import { contentDisposition } from '#core/files'
import { csvOf } from './csv.js'
import { figuresOf } from './kept.js'
import { periodOf } from './period.js'
import { widgetOf } from './widget_of.js'

/** What a widget shows, for a spreadsheet. */
export default class WidgetFilesController {
  async show(ctx: HttpContext) {
    const { widget, reader } = widgetOf(ctx)
    const period = periodOf(ctx.request.qs(), reader.timezone)
    const { content } = await figuresOf(widget, period, reader)
    ctx.response.header('content-type', 'text/csv; charset=utf-8')
    ctx.response.header('content-disposition', contentDisposition(`${widget.name} ${period.from} ${period.to}.csv`))
    return ctx.response.send(csvOf(widget, content, reader))
  }
}
