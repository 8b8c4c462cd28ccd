import type { HttpContext } from '@adonisjs/core/http'
import { download } from '#core/files'
import { importOf } from './draft_of.js'

export default class RejectsController {
  async show(ctx: HttpContext) {
    const { rejectFileId } = await importOf(ctx)
    return download(ctx, rejectFileId)
  }
}
