import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, idParam, NotFound, readerOf } from '#core/http'
import { find, objects } from '#core/objects'
import { overlapOf, overlaps } from '#core/secrets'
import { rowNamed } from '../row_named.js'
import { rotateKey } from './api_key.js'
import { keyShown } from './key_shown.js'

/** Another secret for a key that goes on. */
export default class RotationsController {
  async create(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    const key = await find(objects.get('api_key'), id, readerOf(ctx), ['name', 'key'])
    if (!key) throw new NotFound()
    const { t } = readerOf(ctx)
    return ctx.view.render('secrets::rotation', {
      title: t('api_key.rotate', { name: key.name }),
      back: { href: `/api-keys/${id}`, label: key.name },
      text: t('api_key.rotateText'),
      action: `/api-keys/${id}/rotation`,
      label: t('api_key.buttons.rotate'),
      overlaps,
    })
  }

  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'api_key')
    const hours = overlapOf(ctx.request.input('overlap'))
    return ctx.view.render('secrets::shown', keyShown({ id, written: await rotateKey(id, hours, actorOf(ctx)) }, readerOf(ctx)))
  }
}
