import type { HttpContext } from '@adonisjs/core/http'

/** In the order of the switch. */
export const themes = [
  { name: 'system', icon: 'system' },
  { name: 'light', icon: 'sun' },
  { name: 'dark', icon: 'moon' },
]

export const isTheme = (value: unknown) => themes.some(({ name }) => name === value)

/** Kept in the browser: the same person may want it dark at home and light in the office. */
export function themeOf({ request }: HttpContext): string {
  const chosen = request.plainCookie('theme', undefined, false)
  return isTheme(chosen) ? chosen : 'system'
}
