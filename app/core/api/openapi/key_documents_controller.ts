import type { HttpContext } from '@adonisjs/core/http'
import { scopeOf } from '#core/access'
import { readerOf } from '#core/http'
import { objects } from '#core/objects'
import { offeredToSystems } from '../objects/offered.js'
import { keyDocument } from './shown_document.js'

/** What this key may use: with the tables and the fields that the company added, as they are now. */
export default class KeyDocumentsController {
  async show(ctx: HttpContext) {
    const readable = offeredToSystems(objects.all()).filter(({ object }) => ctx.apiKey.scopes.includes(scopeOf(object.name, 'read')))
    const { text } = keyDocument(readable.map(({ object }) => object), readerOf(ctx))
    return ctx.response.header('content-type', 'application/json; charset=utf-8').send(text)
  }
}
