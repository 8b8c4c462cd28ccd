import type { HttpContext } from '@adonisjs/core/http'
import { scopeOf } from '#core/access'
import { readerOf } from '#core/http'
import { objects } from '#core/objects'
import { offeredToSystems } from '../objects/offered.js'
import { documentOf } from './document.js'

/** What this key may use: with the tables and the fields that the company added, as they are now. */
export default class KeyDocumentsController {
  async show(ctx: HttpContext) {
    const readable = offeredToSystems(objects.all()).filter(({ object }) => ctx.apiKey.scopes.includes(scopeOf(object.name, 'read')))
    return ctx.response.json(documentOf(readable.map(({ object }) => object), readerOf(ctx)))
  }
}
