import type { HttpContext } from '@adonisjs/core/http'
import { may } from '#core/access'
import { Forbidden, idParam, isFragment, isHtmx, NotFound, trigger } from '#core/http'
import { type Right } from '#core/objects'
import { runState, type RunState } from '#core/jobs'

/** The run that the address names, for who started it or has this right on what it works for. */
export async function runFor(ctx: HttpContext, right: Right): Promise<RunState> {
  const run = await runState(idParam(ctx, 'id'))
  if (!run) throw new NotFound()
  const staff = ctx.auth.getUserOrFail()
  if (run.staffId !== staff.id && !may(staff, right, run.owner)) throw new Forbidden()
  return run
}

/** The run as it is now, where it was shown; the page hears when it is over. */
export async function drawRun(ctx: HttpContext, id: number) {
  if (!isHtmx(ctx) || !isFragment(ctx)) return ctx.response.redirect().status(303).back()
  const run = (await runState(id))!
  if (run.finished) trigger(ctx, { 'job:finished': { id } })
  return ctx.view.render('runs::components/progress', { run })
}
