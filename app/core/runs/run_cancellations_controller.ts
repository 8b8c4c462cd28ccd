import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { actorOf } from '#core/http'
import { cancelRun } from '#core/jobs'
import { drawRun, runFor } from './run_for.js'

export default class RunCancellationsController {
  async store(ctx: HttpContext) {
    const { id, title } = await runFor(ctx, 'edit')
    if (await cancelRun(id)) {
      await recordChange({ actor: actorOf(ctx), action: 'job_run.cancel', object: 'job_run', id, after: { title } })
    }
    return drawRun(ctx, id)
  }
}
