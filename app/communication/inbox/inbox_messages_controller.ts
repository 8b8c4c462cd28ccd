import type { HttpContext } from '@adonisjs/core/http'
import { idParam } from '#core/http'
import { showForeignHtml } from '../foreign_html.js'
import { boxOf } from './box.js'
import { messageOf } from './message.js'

export default class InboxMessagesController {
  /** The HTML of a mail, for a sandboxed frame. */
  async show(ctx: HttpContext) {
    const { html } = await messageOf(idParam(ctx, 'id'), boxOf(ctx))
    return showForeignHtml(ctx, html ?? '')
  }
}
