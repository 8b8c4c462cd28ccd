import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { row, sql, transaction } from '#core/database'
import { actorOf, askedLocale, guardOutside, readerOf } from '#core/http'
import { DomainError } from '#core/objects'
import { linkedTicket } from './answer.js'
import { confirmBy } from './confirm.js'

type Stage = 'ask' | 'done' | 'gone'

/** The page of a mailed link. The link is the proof; there is no session here. */
export default class ConfirmationsController {
  /** Looking changes nothing: mail programs and scanners open every address. */
  async show(ctx: HttpContext) {
    const ticket = await found(() => linkedTicket(ctx.params.link, 'confirm'))
    return page(ctx, ticket ? 'ask' : 'gone', ticket?.userId)
  }

  async store(ctx: HttpContext) {
    const confirmed = await found(async () => {
      const { id } = await linkedTicket(ctx.params.link, 'confirm')
      return transaction((trx) => confirmBy(id, actorOf(ctx), trx))
    })
    return page(ctx, confirmed ? 'done' : 'gone', confirmed?.userId)
  }
}

/** What the rules refuse is one page, whatever the reason. */
async function found<Result>(look: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}

async function page(ctx: HttpContext, stage: Stage, userId?: number) {
  const locale = await localeOf(ctx, userId)
  const i18n = i18nManager.locale(locale)
  const name = stage === 'ask' ? await nameOf(userId!) : ''
  if (stage === 'gone') ctx.response.status(410)
  guardOutside(ctx)
  return ctx.view.render('users::confirmation', {
    locale,
    other: locale === 'ru' ? 'en' : 'ru',
    say: (key: string) => i18n.t(`tickets.page.${key}`, { name }),
    link: ctx.params.link,
    stage,
  })
}

/** As the letter calls them, and by number, since a name may be anybody's. */
async function nameOf(userId: number): Promise<string> {
  const called = await row<{ name: string }>(sql`select concat_ws(' ', '№ ' || id, given_name, middle_name) as name from users where id = ${userId}`)
  return called!.name
}

/** The language that the address asks for, else the customer's own, else what the browser prefers. */
async function localeOf(ctx: HttpContext, userId?: number): Promise<'ru' | 'en'> {
  const asked = askedLocale(ctx)
  if (asked) return asked
  const customer = userId && (await row<{ locale: 'ru' | 'en' }>(sql`select locale from users where id = ${userId}`))
  return customer ? customer.locale : readerOf(ctx).locale
}
