import type { HttpContext } from '@adonisjs/core/http'
import { appUrl } from '#config/app'
import { rowNamed } from '#core/access'
import { actorOf, goTo, idParam, NotFound, readerOf, toast } from '#core/http'
import { methods, pathOf } from '#core/methods'
import { dateTime, find, objects, show, titles, type Reader } from '#core/objects'
import { overlapOf, overlaps, signingSecretFrom } from '#core/secrets'
import { giveCallbackSecret, revokeCallbackSecret } from './source_callbacks.js'

/** The addresses by which other systems tell a source what customers said to them (F41), and their secrets. */
export default class SourceCallbacksController {
  async show(ctx: HttpContext) {
    return page(ctx, idParam(ctx, 'id'))
  }

  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'source')
    return page(ctx, id, await giveCallbackSecret(id, overlapOf(ctx.request.input('overlap')), actorOf(ctx)))
  }

  async destroy(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'source')
    await revokeCallbackSecret(id, actorOf(ctx))
    toast(ctx, readerOf(ctx).t('source.callbacksRevoked'))
    return goTo(ctx, `/sources/${id}`)
  }
}

async function page(ctx: HttpContext, id: number, root?: string) {
  const reader = readerOf(ctx)
  const source = await find(objects.get('source'), id, reader, ['code', 'callbacks', 'formerCallbacksUntil'])
  if (!source) throw new NotFound()
  const [{ title }] = await titles(objects.get('source'), [id], reader)
  const { formerCallbacksUntil: until } = source
  return ctx.view.render('campaigns::source_callbacks', {
    source: { ...source, title },
    addresses: addressesOf(String(source.code), root, reader),
    former: until && show(dateTime(), until, reader),
    overlaps,
    shown: root !== undefined,
  })
}

function addressesOf(code: string, root: string | undefined, { t }: Reader) {
  return methods.all().filter(({ caller }) => caller === 'callback').map(({ name }) => {
    const address = appUrl + pathOf(name, code)
    const secret = root && signingSecretFrom(root, name)
    const lines = [
      { label: 'callbackAddress', value: address },
      ...(secret ? [{ label: 'callbackSecret', value: secret }, { label: 'callbackWhole', value: `${address}?secret=${encodeURIComponent(secret)}` }] : []),
    ]
    return {
      title: t(`signals.${name.replaceAll('/', '.')}`),
      text: t(`methods.${name.replaceAll('/', '.')}`),
      lines: lines.map(({ label, value }) => ({ label: t(`source.${label}`), value, id: `${name.replaceAll('/', '-')}-${label}` })),
    }
  })
}
