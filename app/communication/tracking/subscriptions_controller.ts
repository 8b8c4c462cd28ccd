import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { row, sql } from '#core/database'
import { NotFound } from '#core/http'
import { leave, preferencesOf, savePreferences } from './subscriptions.js'
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
    const { kept, all } = ctx.request.only(['kept', 'all'])
    const ticked = all === 'leave' ? [] : [kept ?? []].flat().map(String)
    if (key.userId) await savePreferences(key, ticked, { source: 'preferences', ip: ctx.request.ip() })
    return page(ctx, key, true)
  }
}

function keyOf({ params }: HttpContext): DeliveryKey {
  const key = readToken(params.token, 'link')
  if (!key) throw new NotFound()
  return key
}

async function page(ctx: HttpContext, { userId }: DeliveryKey, saved: boolean) {
  const locale = await localeOf(ctx, userId)
  const { channels, categories, kept } = await preferencesOf(userId, locale)
  const i18n = i18nManager.locale(locale)
  ctx.response.header('cache-control', 'no-store')
  ctx.response.header('referrer-policy', 'no-referrer')
  ctx.response.header(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
  )
  return ctx.view.render('communication::preferences', {
    locale,
    other: locale === 'ru' ? 'en' : 'ru',
    say: (key: string) => i18n.t(`preferences.${key}`),
    token: ctx.params.token,
    channels,
    rows: categories.map(({ id, name }) => ({
      name,
      cells: channels.map((channel) => ({
        value: `${channel.id}:${id}`,
        label: `${name}, ${channel.name}`,
        kept: kept.has(`${channel.id}:${id}`),
      })),
    })),
    test: userId === 0,
    saved,
  })
}

/** The language that the address asks for, else the customer's own. */
async function localeOf({ request }: HttpContext, userId: number): Promise<'ru' | 'en'> {
  const asked = request.input('lang')
  if (asked === 'ru' || asked === 'en') return asked
  const customer = await row<{ locale: 'ru' | 'en' }>(sql`select locale from users where id = ${userId}`)
  return customer?.locale ?? 'ru'
}
