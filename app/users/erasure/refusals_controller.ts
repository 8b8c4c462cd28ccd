import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { recordChange } from '#core/audit'
import { row, sql, transaction } from '#core/database'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { DomainError } from '#core/objects'
import { RequestClosed } from './erase_user.js'

/** Whoever asked is told why not; without the words there is no refusal. */
class AnswerMissing extends DomainError {
  readonly code = 'answerMissing'
}

/** A request that is not carried out, for instance since it was not the customer who asked. */
export default class RefusalsController {
  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'privacy_request')
    const actor = actorOf(ctx)
    await transaction(async (trx) => {
      const request = await row<{ answer: string | null }>(sql`select answer from privacy_requests where id = ${id} and state = 'open' for update`, trx)
      if (!request) throw new RequestClosed()
      if (!request.answer) throw new AnswerMissing()
      await row(
        sql`update privacy_requests set state = 'refused', done_at = now(), done_by_id = ${actor.staffId}, updated_at = now() where id = ${id} returning id`,
        trx
      )
      await recordChange({ actor, action: 'refuse', object: 'privacy_request', id }, trx)
    })
    toast(ctx, readerOf(ctx).t('core.saved'))
    return goTo(ctx, `/privacy-requests/${id}`)
  }
}
