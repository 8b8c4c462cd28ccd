import type { HttpContext } from '@adonisjs/core/http'
import { administrators, locales, may, roleName } from '#core/access'
import { readerOf } from '#core/http'
import { type Right } from '#core/objects'
import { settings } from '#core/settings'
import { keyNames } from '#core/search'
import { initialsOf } from './initials.js'
import { mainMenu } from './main_menu.js'
import { themeChoices, themeOf } from './theme.js'

/** What the layout asks of a request, as functions: a fragment asks nothing, so it costs nothing. */
export function pageOf(ctx: HttpContext) {
  return {
    themes: themeChoices,
    company: settings,
    languages,
    locale: () => readerOf(ctx).locale,
    theme: () => themeOf(ctx),
    /** Keys of one letter are on. */
    keyboard: () => ctx.auth.user?.keyboard ?? false,
    keyNames: () => keyNames(readerOf(ctx)),
    menu: () => mainMenu(ctx),
    person: () => person(ctx),
    viewing: () => viewing(ctx),
    whomToAsk: () => administrators(),
    may: (right: Right, object: string) => Boolean(ctx.auth.user && may(ctx.auth.user, right, object)),
    isMe: (staffId: number | null) => ctx.auth.user?.id === staffId,
    csrfToken: () => ctx.request.csrfToken ?? '',
    csrfField: () => `<input type="hidden" name="_csrf" value="${ctx.request.csrfToken ?? ''}">`,
    notices: () => notices(ctx),
  }
}

function person(ctx: HttpContext) {
  const staff = 'auth' in ctx ? ctx.auth.user : undefined
  if (!staff) return undefined
  return { name: staff.name, initials: initialsOf(staff.name), role: roleName(staff.viewingAs ?? staff.role, readerOf(ctx)) }
}

const names = { ru: 'Русский', en: 'English' }

/** In which pages may be read, each by its own name. */
function languages() {
  return locales.filter((one) => settings().languages.includes(one)).map((locale) => ({ locale, name: names[locale] }))
}

/** The name of the role as which an administrator looks at the product. */
function viewing(ctx: HttpContext) {
  const staff = 'auth' in ctx ? ctx.auth.user : undefined
  return staff?.viewingAs && roleName(staff.viewingAs, readerOf(ctx))
}

/** Words that a write left for the page that follows it (`toast` of #core/http). */
function notices(ctx: HttpContext) {
  const left = 'session' in ctx ? ctx.session.flashMessages.get('toast') : undefined
  return left ? [{ tone: left.kind === 'error' ? 'bad' : 'good', text: left.message, undo: left.undo }] : []
}
