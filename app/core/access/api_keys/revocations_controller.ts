import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, idParam, readerOf, toast } from '#core/http'
import { revokeKey } from './api_key.js'

export default class RevocationsController {
  async store(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    await revokeKey(id, actorOf(ctx))
    toast(ctx, readerOf(ctx).t('api_key.revoked'))
    return goTo(ctx, `/api-keys/${id}`)
  }
}
