import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { readerOf, readerWith } from '#core/http'
import { settings } from '#core/settings'
import { type Reader } from '#core/objects'
import { drawDocs } from './draw_docs.js'
import { openDocument } from '../openapi/shown_document.js'

/** The same description for people: in their language, with an example for each method. */
export default class DocsController {
  async show(ctx: HttpContext) {
    const reader = readerIn(ctx)
    ctx.view.share({ i18n: i18nManager.locale(reader.locale), reader })
    ctx.response.header('cache-control', 'no-cache')
    return ctx.view.render('api::docs', { docs: drawDocs(openDocument(reader).document, reader, sourceIn(ctx)) })
  }
}

/** The language that the address names, else that of the browser. */
function readerIn(ctx: HttpContext): Reader {
  const reader = readerOf(ctx)
  const named = settings().languages.find((one) => one === ctx.request.input('language'))
  return named ? readerWith({ ...reader, locale: named }, reader) : reader
}

/** Through which source the examples call, where the address names one: whether there is such a source is told to nobody. */
function sourceIn({ request }: HttpContext): string | undefined {
  const named = String(request.input('source') ?? '')
  return /^[a-z0-9][a-z0-9_-]{0,99}$/i.test(named) ? named : undefined
}
