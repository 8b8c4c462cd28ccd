import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { rowNamed } from '../row_named.js'
import { revokeKey } from './api_key.js'

export default class RevocationsController {
  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'api_key')
    await revokeKey(id, actorOf(ctx))
    toast(ctx, readerOf(ctx).t('api_key.revoked'))
    return goTo(ctx, `/api-keys/${id}`)
  }
}
