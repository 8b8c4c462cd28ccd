import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { actorOf, goTo, NotFound, readerOf, toast } from '#core/http'
import { redrive } from '#core/jobs'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A dead letter goes back to where it came from. */
export default class RedrivesController {
  async store(ctx: HttpContext) {
    const { letter } = ctx.params
    if (!UUID.test(letter)) throw new NotFound()
    if (await redrive(letter)) {
      await recordChange({ actor: actorOf(ctx), action: 'job_run.redrive', object: 'job_run', id: null, after: { letter } })
      toast(ctx, readerOf(ctx).t('health.redriven'))
    }
    return goTo(ctx, '/health')
  }
}
