import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import { actorOf, idParam, NotFound, readerOf } from '#core/http'
import { find, objects } from '#core/objects'
import { rowNamed } from '../row_named.js'
import { overlaps, rotateKey } from './api_key.js'

/** Another secret for a key that goes on. */
export default class RotationsController {
  async create(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    const key = await find(objects.get('api_key'), id, readerOf(ctx), ['name', 'key'])
    if (!key) throw new NotFound()
    return ctx.view.render('access::key_rotation', { key, overlaps })
  }

  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'api_key')
    const hours = overlaps.find((known) => String(known) === ctx.request.input('overlap')) ?? 0
    return ctx.view.render('access::key_shown', { id, written: await rotateKey(id, hours, actorOf(ctx)), home: appUrl })
  }
}
