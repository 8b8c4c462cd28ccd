import type { HttpContext } from '@adonisjs/core/http'
import { drawRun, runFor } from './run_for.js'

export default class RunProgressController {
  async show(ctx: HttpContext) {
    const { id } = await runFor(ctx, 'read')
    return drawRun(ctx, id)
  }
}
