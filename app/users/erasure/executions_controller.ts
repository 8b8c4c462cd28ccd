import type { HttpContext } from '@adonisjs/core/http'
import { row, sql, transaction } from '#core/database'
import { actorOf, Forbidden, goTo, NotFound, readerOf, toast } from '#core/http'
import { RequestClosed } from './erase_user.js'
import { mayCarryOut } from './may_carry_out.js'
import { privacyJob } from './privacy_job.js'

/** Lets a worker carry a request out. */
export default class ExecutionsController {
  async store(ctx: HttpContext) {
    const id = ctx.params.id as number
    if (!mayCarryOut(ctx.auth.getUserOrFail())) throw new Forbidden()
    const reader = readerOf(ctx)
    const actor = actorOf(ctx)
    await transaction(async (trx) => {
      const request = await row<{ state: string; kind: string }>(sql`select state, kind from privacy_requests where id = ${id} for update`, trx)
      if (!request) throw new NotFound()
      if (request.state !== 'open') throw new RequestClosed()
      const title = `${reader.t(`privacy_request.choices.kind.${request.kind}`)}, № ${id}`
      const subject = { object: 'privacy_request', id }
      const run = await privacyJob.start({ requestId: id, staffId: actor.staffId }, { actor, trx, title, subject })
      await row(sql`update privacy_requests set state = 'running', run_id = ${run}, updated_at = now() where id = ${id} returning id`, trx)
    })
    toast(ctx, reader.t('privacy_request.started'))
    return goTo(ctx, `/privacy-requests/${id}`)
  }
}
