import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { actorOf } from '#core/http'
import { retryRun } from '#core/jobs'
import { drawRun, runFor } from './run_for.js'

export default class RunRetriesController {
  async store(ctx: HttpContext) {
    const { id, title } = await runFor(ctx, 'edit')
    if (await retryRun(id)) {
      await recordChange({ actor: actorOf(ctx), action: 'job_run.retry', object: 'job_run', id, after: { title } })
    }
    return drawRun(ctx, id)
  }
}
