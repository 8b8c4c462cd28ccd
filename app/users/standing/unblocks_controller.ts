import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { transaction } from '#core/database'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { forgetTotals } from '#core/screens'
import { objects } from '#core/objects'
import { unblock } from './block.js'

export default class UnblocksController {
  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'user')
    await transaction((trx) => unblock(id, actorOf(ctx), trx))
    forgetTotals(objects.get('user'))
    toast(ctx, readerOf(ctx).t('core.saved'))
    return goTo(ctx, `/users/${id}`)
  }
}
