import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { revokeSourceKey } from './source_key.js'

export default class SourceKeyRevocationsController {
  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'source')
    await revokeSourceKey(id, actorOf(ctx))
    toast(ctx, readerOf(ctx).t('source.keyRevoked'))
    return goTo(ctx, `/sources/${id}`)
  }
}
