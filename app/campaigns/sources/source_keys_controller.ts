import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import { overlaps, rowNamed } from '#core/access'
import { actorOf, idParam, NotFound, readerOf } from '#core/http'
import { find, objects, titles } from '#core/objects'
import { giveKey } from './source_key.js'

/** The secret key of a source: the first one, or another one. */
export default class SourceKeysController {
  async create(ctx: HttpContext) {
    return ctx.view.render('campaigns::source_key', { source: await named(ctx), overlaps })
  }

  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'source')
    const hours = overlaps.find((known) => String(known) === ctx.request.input('overlap')) ?? 0
    return ctx.view.render('campaigns::source_key_shown', { source: await named(ctx), written: await giveKey(id, hours, actorOf(ctx)), home: appUrl })
  }
}

async function named(ctx: HttpContext) {
  const reader = readerOf(ctx)
  const source = await find(objects.get('source'), idParam(ctx, 'id'), reader, ['code', 'key'])
  if (!source) throw new NotFound()
  const [{ title }] = await titles(objects.get('source'), [source.id], reader)
  return { ...source, title }
}
