import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, idParam, readerOf, toast } from '#core/http'
import { copy } from './copy.js'

export default class CopiesController {
  async store(ctx: HttpContext) {
    const id = await copy(idParam(ctx, 'id'), readerOf(ctx), actorOf(ctx))
    toast(ctx, readerOf(ctx).t('communication.copied'))
    return goTo(ctx, `/communications/${id}`)
  }
}
