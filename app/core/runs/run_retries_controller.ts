import type { HttpContext } from '@adonisjs/core/http'
import { actorOf } from '#core/http'
import { retry } from './retry.js'
import { drawRun, runFor } from './run_for.js'

export default class RunRetriesController {
  async store(ctx: HttpContext) {
    const run = await runFor(ctx, 'edit')
    await retry(run, actorOf(ctx))
    return drawRun(ctx, run.id)
  }
}
