import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { Forbidden, NotFound, readerOf } from '#core/http'
import { widgets } from './registry.js'

/** The widget that the address names, for somebody who may read what it counts. */
export function widgetOf(ctx: HttpContext) {
  const widget = widgets.find(({ name }) => name === ctx.params.name)
  if (!widget) throw new NotFound()
  const staff = ctx.auth.getUserOrFail()
  if (widget.object && !may(staff, 'read', widget.object)) throw new Forbidden()
  return { widget, staff, reader: readerOf(ctx) }
}
