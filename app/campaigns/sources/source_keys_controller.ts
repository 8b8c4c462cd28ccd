import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import { rowNamed } from '#core/access'
import { actorOf, idParam, NotFound, readerOf } from '#core/http'
import { find, objects, titles } from '#core/objects'
import { overlapOf, overlaps } from '#core/secrets'
import { giveKey } from './source_key.js'

/** The secret key of a source: the first one, or another one. */
export default class SourceKeysController {
  async create(ctx: HttpContext) {
    const { t } = readerOf(ctx)
    const { source: { id, key }, page } = await named(ctx)
    return ctx.view.render('secrets::rotation', {
      ...page,
      text: key ? t('source.anotherKeyText') : t('source.firstKeyText'),
      action: `/sources/${id}/key`,
      label: key ? t('source.buttons.changeKey') : t('source.buttons.makeKey'),
      overlaps: key ? overlaps : undefined,
    })
  }

  async store(ctx: HttpContext) {
    const { t } = readerOf(ctx)
    const id = await rowNamed(ctx, 'source')
    const { source, page } = await named(ctx)
    const secret = await giveKey(id, overlapOf(ctx.request.input('overlap')), actorOf(ctx))
    return ctx.view.render('secrets::shown', {
      ...page,
      text: t('secrets.shownOnce'),
      secret,
      command: `curl -X POST -H "X-Source-Key: ${secret}" ${appUrl}/api/v1/${source.code}/source/info`,
      next: [{ label: t('source.toSource'), href: page.back.href, tone: 'primary' }, { label: t('source.toDocs'), href: `/api/docs?source=${encodeURIComponent(String(source.code))}` }],
    })
  }
}

async function named(ctx: HttpContext) {
  const reader = readerOf(ctx)
  const source = await find(objects.get('source'), idParam(ctx, 'id'), reader, ['code', 'key'])
  if (!source) throw new NotFound()
  const [{ title: name }] = await titles(objects.get('source'), [source.id], reader)
  return { source, page: { title: reader.t('source.keyOf', { name }), back: { href: `/sources/${source.id}`, label: name } } }
}
