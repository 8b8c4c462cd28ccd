import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { askedLocale, guardOutside, NotFound } from '#core/http'
import { settings } from '#core/settings'
import { cellOf, preferencesOf, regimes, speaker, type Regime } from '#app/users'
import { knownReader } from './known_reader.js'
import { leave, saveChoice } from './subscriptions.js'
import { readToken, type DeliveryKey } from './token.js'

/** Where a customer says what to get and what not (F40). The token of the mail is the proof; there is no session here. */
export default class SubscriptionsController {
  /** Reading changes nothing: mail programs and scanners open every address. */
  async show(ctx: HttpContext) {
    return page(ctx, keyOf(ctx), false)
  }

  /** The button of the mail program (RFC 8058): an empty 200, whatever was there before. */
  async store(ctx: HttpContext) {
    const key = keyOf(ctx)
    await leave(key, { source: 'one_click', ip: ctx.request.ip() })
    return ctx.response.status(200).header('content-type', 'text/plain').send('')
  }

  async update(ctx: HttpContext) {
    const key = keyOf(ctx)
    const { kept, all, regime } = ctx.request.only(['kept', 'all', 'regime'])
    const ticked = all === 'leave' ? [] : [kept ?? []].flat().map(String)
    if (key.userId) {
      const chosen = regimes.includes(regime) ? (regime as Regime) : (await preferencesOf(await speaker(key.userId), 'ru')).regime
      await saveChoice(key, new Set(ticked), chosen, { source: 'preferences', ip: ctx.request.ip() })
    }
    return page(ctx, key, true)
  }
}

function keyOf({ params }: HttpContext): DeliveryKey {
  const key = readToken(params.token, 'link')
  if (!key) throw new NotFound()
  return key
}

async function page(ctx: HttpContext, delivery: DeliveryKey, saved: boolean) {
  const userId = delivery.userId && (await speaker(delivery.userId))
  const known = await knownReader(userId)
  const locale = askedLocale(ctx) ?? known?.locale ?? 'ru'
  const { regime, channels, categories, kept } = await preferencesOf(userId, locale)
  const i18n = i18nManager.locale(locale)
  guardOutside(ctx)
  return ctx.view.render('communication::preferences', {
    locale,
    other: locale === 'ru' ? 'en' : 'ru',
    say: (key: string, values?: Record<string, unknown>) => i18n.t(`preferences.${key}`, values),
    company: settings(),
    token: ctx.params.token,
    addresses: known?.addresses.join(', '),
    silent: known?.agreed === false,
    regimes: regimes.map((code) => ({ code, chosen: code === regime })),
    channels,
    rows: categories.map(({ id, name }) => ({
      name,
      cells: channels.map((channel) => ({
        value: cellOf(channel.id, id),
        channel: channel.name,
        label: `${name}, ${channel.name}`,
        kept: kept.has(cellOf(channel.id, id)),
      })),
    })),
    test: userId === 0,
    saved,
  })
}
