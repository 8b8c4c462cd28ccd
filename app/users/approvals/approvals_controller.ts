import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { transaction } from '#core/database'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { objects } from '#core/objects'
import { forgetTotals } from '#core/screens'
import { approve } from './approve.js'

export default class ApprovalsController {
  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'identifier_request')
    await transaction((trx) => approve(id, actorOf(ctx), trx))
    for (const name of ['identifier_request', 'identifier']) forgetTotals(objects.get(name))
    toast(ctx, readerOf(ctx).t('identifier_request.approved'))
    return goTo(ctx, `/identifier-requests/${id}`)
  }
}
