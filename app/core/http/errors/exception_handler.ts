import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import { isFragment, isHtmx, toast } from '../htmx.js'
import { ownPath } from '../own_path.js'
import { readerOf } from '../reader.js'
import { traceOf } from '../trace.js'
import { problemOf, type Problem } from './problem.js'
import { page } from './page.js'
import { NoSuchMethod } from './refusals.js'

/** Every failure of a request ends here, as a sentence in the language of the person, in the form in which they asked. */
export default class HttpExceptionHandler extends ExceptionHandler {
  async handle(error: unknown, ctx: HttpContext) {
    const problem = problemOf(isCallOfNothing(error, ctx) ? new NoSuchMethod() : error, readerOf(ctx))
    ctx.response.status(problem.status).header('cache-control', 'no-store')
    sendHeadersOf(error, ctx)

    if (wantsJson(ctx)) return asJson(problem, ctx)
    if (problem.status === 401) return toSignIn(ctx)
    if (problem.code === 'expiredPage' && isHtmx(ctx)) ctx.response.header('hx-refresh', 'true')
    return isFragment(ctx) ? asFragment(problem, ctx) : ctx.response.send(await page(problem, ctx))
  }

  /** Failures of ours are logged with their stack; refusals are no news, but for those that tell of an attack. */
  async report(error: unknown, ctx: HttpContext) {
    if (calledOff(error)) return
    const { status, code } = problemOf(error, readerOf(ctx))
    if (status >= 500) ctx.logger.error({ err: error, trace: traceOf(ctx) }, (error as Error)?.message)
    else if (status === 403 || status === 429) {
      /** The pattern and not the address, which may hold the token of a mailed link. */
      ctx.logger.warn({ code, status, ip: ctx.request.ip(), path: ctx.route?.pattern }, 'refused')
    }
  }
}

/** Nobody waits any more: a newer value of a form called its older one off, or the person went elsewhere. That is no failure. */
const calledOff = (error: unknown) => ['request.aborted', 'stream.not.readable'].includes((error as { type?: string })?.type ?? '')

/** Programs are answered as programs, whatever they say they accept (curl: everything). */
function wantsJson({ request }: HttpContext) {
  return request.url().startsWith('/api/') || request.accepts(['html', 'json']) === 'json'
}

/** Of the addresses below /api only the description of the interface is a page. */
function isCallOfNothing(error: unknown, { request }: HttpContext) {
  return (error as { code?: string })?.code === 'E_ROUTE_NOT_FOUND' && request.url().startsWith('/api/')
}

/** Retry-After and its like, which a limiter's error brings along. */
function sendHeadersOf(error: unknown, { response }: HttpContext) {
  const headers = (error as { getDefaultHeaders?: () => Record<string, string> })?.getDefaultHeaders?.() ?? {}
  for (const [name, value] of Object.entries(headers)) response.header(name, value)
}

function asJson({ status, code, title, detail, errors }: Problem, ctx: HttpContext) {
  const body = { type: typeOf(code), title, status, detail, code, instance: ctx.request.url(), trace: traceOf(ctx), errors }
  ctx.response.header('content-type', 'application/problem+json')
  return ctx.response.send(JSON.stringify(body))
}

/** Where the code is explained (RFC 9457, 3.1.1). */
const typeOf = (code: string) => `${appUrl}/api/docs#problem-${code}`

/** A redirect would be followed by fetch, and the sign-in form would land in a panel: so the whole page goes there. */
function toSignIn(ctx: HttpContext) {
  const query = new URLSearchParams({ return: pageOf(ctx) })
  const address = `/login?${query}`
  if (isHtmx(ctx)) return ctx.response.header('hx-redirect', address).send('')
  return ctx.response.status(303).redirect().toPath(address)
}

/** Where the person was: a fragment belongs to the page in the address bar, and a write is not repeated. */
function pageOf({ request }: HttpContext): string {
  const shown = request.header('hx-current-url') ?? (request.intended() === 'GET' ? undefined : request.header('referer'))
  if (shown === undefined) return request.intended() === 'GET' ? request.url(true) : '/'
  const url = URL.canParse(shown) ? new URL(shown) : undefined
  return (url?.host === request.host() && ownPath(url.pathname + url.search)) || '/'
}

/** What a panel loads says the failure in its place; a write leaves the page as it is and says it in a toast. */
async function asFragment(problem: Problem, ctx: HttpContext) {
  if (ctx.request.intended() !== 'GET') {
    ctx.response.header('hx-reswap', 'none')
    toast(ctx, problem.status >= 500 ? `${problem.detail} ${readerOf(ctx).t('errors.trace')}: ${traceOf(ctx)}` : problem.detail, 'error')
  }
  const html = await ctx.view.render('errors/fragment', { problem, trace: traceOf(ctx) })
  return ctx.response.send(html)
}
