import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { actorOf, goTo, readerOf, refusalOf, toast } from '#core/http'
import { DomainError, objects } from '#core/objects'
import { forgetTotals } from '#core/screens'
import { undoMerge } from './undo_merge.js'

/** A merge is taken back; why it cannot be is told on its card. */
export default class UndoingsController {
  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'user_merge')
    const reader = readerOf(ctx)
    try {
      await undoMerge(id, actorOf(ctx))
      for (const name of ['user', 'user_duplicate', 'identifier']) forgetTotals(objects.get(name))
      toast(ctx, reader.t('user_merge.undone'))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      toast(ctx, refusalOf(error, reader), 'error')
    }
    return goTo(ctx, `/merges/${id}`)
  }
}
