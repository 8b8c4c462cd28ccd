import type { HttpContext } from '@adonisjs/core/http'
import { traceOf } from '../trace.js'
import { type Problem } from './problem.js'

/** The page of a failure; where the templates themselves fail, its bare words. */
export async function page(problem: Problem, ctx: HttpContext): Promise<string> {
  const trace = traceOf(ctx)
  try {
    return await ctx.view.render('errors/page', { problem, trace, locale: ctx.i18n.locale })
  } catch (error) {
    ctx.logger.error({ err: error, trace }, 'the error page failed')
    ctx.response.header('content-type', 'text/plain; charset=utf-8')
    return `${problem.title}\n${problem.detail}\n${trace}\n`
  }
}
