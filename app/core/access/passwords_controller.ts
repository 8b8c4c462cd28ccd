import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, readerOf, sentencesOf, toast } from '#core/http'
import { InvalidFields } from '#core/objects'
import { changePassword } from './change_password.js'
import { renewSession } from './open_session.js'
import { profileForm } from './profile_form.js'
import { sentText } from './sent_text.js'

/** A new password for oneself. */
export default class PasswordsController {
  async update(ctx: HttpContext) {
    const { current, password } = ctx.request.only(['current', 'password'])
    const staff = ctx.auth.getUserOrFail()
    try {
      await changePassword(staff, sentText(current), sentText(password), actorOf(ctx))
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return profileForm(ctx, { passwordErrors: sentencesOf(error, readerOf(ctx)) })
    }
    await renewSession(ctx, staff)
    toast(ctx, readerOf(ctx).t('access.passwordChanged'))
    return goTo(ctx, '/profile')
  }
}
