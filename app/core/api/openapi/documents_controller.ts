import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/http'
import { openDocument } from './shown_document.js'

/** The machine-readable description of the public interface (OpenAPI 3.1). */
export default class DocumentsController {
  async show(ctx: HttpContext) {
    const { request, response } = ctx
    const { text, tag } = openDocument(readerOf(ctx))
    response.header('etag', tag).header('cache-control', 'public, max-age=60').header('access-control-allow-origin', '*').vary('Accept-Language, Cookie')
    if (request.header('if-none-match') === tag) return response.status(304).send('')
    return response.header('content-type', 'application/json; charset=utf-8').send(text)
  }
}
