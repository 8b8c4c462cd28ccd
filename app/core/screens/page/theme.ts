import type { HttpContext } from '@adonisjs/core/http'
import { themes } from '#core/access'

const icons = { system: 'system', light: 'sun', dark: 'moon' }

/** What the switch offers, in its order. */
export const themeChoices = themes.map((name) => ({ name, icon: icons[name] }))

export function themeOf(ctx: HttpContext): (typeof themes)[number] {
  const staff = 'auth' in ctx ? ctx.auth.user : undefined
  return staff?.theme ?? 'system'
}
