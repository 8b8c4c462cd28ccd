import type { HttpContext } from '@adonisjs/core/http'
import { timezones } from '#core/settings'

interface State {
  values?: Record<string, unknown>
  errors?: Record<string, string>
  passwordErrors?: Record<string, string>
}

/** The page of one's own account, as it is or as it was just filled in. */
export function profileForm(ctx: HttpContext, { values, errors = {}, passwordErrors = {} }: State = {}) {
  const { name, locale, timezone, email } = ctx.auth.getUserOrFail()
  return ctx.view.render('access::profile', {
    values: values ?? { name, locale, timezone },
    email,
    errors,
    passwordErrors,
    timezones,
  })
}
