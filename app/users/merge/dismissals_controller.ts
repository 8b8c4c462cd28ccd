import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { transaction } from '#core/database'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { edit, objects } from '#core/objects'
import { forgetTotals } from '#core/screens'

/** These two are not the same person: the pair is not offered again. */
export default class DismissalsController {
  async store(ctx: HttpContext) {
    return turned(ctx, 'dismissed')
  }

  async destroy(ctx: HttpContext) {
    return turned(ctx, 'open')
  }
}

async function turned(ctx: HttpContext, state: string) {
  const id = await rowNamed(ctx, 'user_duplicate')
  const duplicate = objects.get('user_duplicate')
  await transaction((trx) => edit(duplicate, id, { state }, actorOf(ctx), trx))
  forgetTotals(duplicate)
  toast(ctx, readerOf(ctx).t('core.saved'))
  return goTo(ctx, state === 'open' ? `/duplicates/${id}` : '/duplicates')
}
