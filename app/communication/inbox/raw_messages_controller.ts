import type { HttpContext } from '@adonisjs/core/http'
import { idParam } from '#core/http'
import { boxOf } from './box.js'
import { messageOf } from './message.js'

export default class RawMessagesController {
  async show(ctx: HttpContext) {
    const { id, raw } = await messageOf(idParam(ctx, 'id'), boxOf(ctx))
    ctx.response.header('content-type', 'application/octet-stream')
    ctx.response.header('content-disposition', `attachment; filename="message-${id}.eml"`)
    return ctx.response.send(raw)
  }
}
