import type { HttpContext } from '@adonisjs/core/http'
import { headerJson } from './header_json.js'

export const isHtmx = ({ request }: HttpContext) => request.header('hx-request') === 'true'

/** Only a part of the page is wanted; a boosted link wants the whole (`HX-Request-Type: full`). */
export function isFragment(ctx: HttpContext) {
  ctx.response.vary('HX-Request')
  ctx.response.vary('HX-Request-Type')
  return isHtmx(ctx) && ctx.request.header('hx-request-type') !== 'full'
}

/** Events for the page that asked: `trigger(ctx, { 'segment:changed': { id } })`. They bubble to the document. */
export function trigger(ctx: HttpContext, events: Record<string, unknown>) {
  const before = ctx.response.getHeader('hx-trigger')
  const all = { ...(before ? JSON.parse(String(before)) : {}), ...events }
  ctx.response.header('hx-trigger', headerJson(all))
}

/** A word to the person, now or on the page that follows; `message` is a sentence in their language, `undo` an address to post to. */
export function toast(ctx: HttpContext, message: string, kind: 'success' | 'error' = 'success', undo?: string) {
  if (isHtmx(ctx)) trigger(ctx, { toast: { message, kind, undo } })
  else ctx.session.flash('toast', { message, kind, undo })
}

/** To another page after a write: with htmx a full load, since fetch would follow a redirect into the target. */
export function goTo(ctx: HttpContext, path: string) {
  if (!isHtmx(ctx)) return ctx.response.redirect().status(303).toPath(path)
  keepToast(ctx)
  return ctx.response.header('hx-redirect', ascii(path)).status(200).send('')
}

/** A word about what was done would be gone with the page that is left. */
function keepToast(ctx: HttpContext) {
  const { toast: said, ...others } = JSON.parse(String(ctx.response.getHeader('hx-trigger') ?? '{}'))
  if (!said) return
  ctx.session.flash('toast', said)
  ctx.response.removeHeader('hx-trigger')
  if (Object.keys(others).length) trigger(ctx, others)
}

/** The same page again, whole. */
export function reload(ctx: HttpContext) {
  if (!isHtmx(ctx)) return ctx.response.redirect().status(303).back()
  return ctx.response.header('hx-refresh', 'true').status(200).send('')
}

/** A header holds ASCII only; what is encoded already stays as it is. */
function ascii(path: string) {
  return path.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent)
}
