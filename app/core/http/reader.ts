import type { HttpContext } from '@adonisjs/core/http'
import type { I18n } from '@adonisjs/i18n'
import i18nManager from '@adonisjs/i18n/services/main'
import { settings } from '#core/settings'
import { type Reader } from '#core/objects'

declare module '@adonisjs/core/http' {
  interface HttpContext {
    i18n: I18n
    /** Said by the gate once it is known who reads (`Reader.knows`). */
    knows?: Reader['knows']
    /** Likewise (`Reader.reads`). */
    reads?: Reader['reads']
  }
}

/** For whom a page is drawn: the person signed in, else what the browser asks for. */
export function readerOf(ctx: HttpContext): Reader {
  return readerWith(preferencesOf(ctx), { knows: ctx.knows ?? nobody, reads: ctx.reads ?? nobody })
}

/** For whom a job works: somebody of whom nothing is known but how they like to read. */
export function readerWith({ locale, timezone }: Pick<Reader, 'locale' | 'timezone'>, { knows, reads }: Pick<Reader, 'knows' | 'reads'>): Reader {
  const i18n = i18nManager.locale(locale)
  return { locale, timezone, currency: settings().currency, t: (key, values) => i18n.t(key, values), knows, reads }
}

const nobody = () => false

/** Everything drawn from here on speaks the reader's language. Called again once it is known who reads. */
export function speakTo(ctx: HttpContext) {
  const reader = readerOf(ctx)
  ctx.i18n = i18nManager.locale(reader.locale)
  ctx.view.share({ i18n: ctx.i18n, reader })
}

function preferencesOf(ctx: HttpContext): Pick<Reader, 'locale' | 'timezone'> {
  const staff = 'auth' in ctx ? ctx.auth.user : undefined
  return staff ? { locale: offered(staff.locale), timezone: staff.timezone } : { locale: askedFor(ctx), timezone: settings().timezone }
}

const LANGUAGE = 'tessera_language'

/** For pages before sign-in: what this browser was told counts more than what it prefers. */
export function rememberLanguage({ response }: HttpContext, locale: Reader['locale']) {
  response.cookie(LANGUAGE, locale, { maxAge: '365 days' })
}

function askedFor({ request }: HttpContext): Reader['locale'] {
  const told = request.cookie(LANGUAGE)
  return offered(i18nManager.getSupportedLocaleFor(told ? [told] : request.languages()))
}

/** The language that a request itself asks for; null where it asks for none of ours, and is answered in the default. */
export function languageAskedFor({ request }: HttpContext): Reader['locale'] | null {
  const named = request.languages().filter((language) => language !== '*')
  const asked = named.length ? i18nManager.getSupportedLocaleFor(named) : null
  return settings().languages.find((one) => one === asked) ?? null
}

/** A language in which pages may be read: this one, else the default. */
function offered(locale: string | null): Reader['locale'] {
  const { languages } = settings()
  return languages.find((one) => one === locale) ?? languages[0]
}
