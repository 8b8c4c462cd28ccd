import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, idParam, NotFound, readerOf, toast } from '#core/http'
import { find, objects } from '#core/objects'
import { changeScopes, scopesOf } from './api_key.js'
import { readScopes } from './scopes.js'

/** What a key may do, ticked anew. */
export default class ScopesController {
  async update(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    if (!(await find(objects.get('api_key'), id, readerOf(ctx), ['id']))) throw new NotFound()
    const scopes = readScopes(ctx.request.input('scopes'), ctx.auth.getUserOrFail(), await scopesOf(id))
    await changeScopes(id, scopes, actorOf(ctx))
    toast(ctx, readerOf(ctx).t('core.saved'))
    return goTo(ctx, `/api-keys/${id}?tab=scopes`)
  }
}
