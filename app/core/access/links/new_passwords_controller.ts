import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, readerOf, sentencesOf, toast } from '#core/http'
import { InvalidFields } from '#core/objects'
import { sentText } from '../sent_text.js'
import { choosePassword } from './choose_password.js'
import { holderOf } from './link.js'

/** The page of a mailed link for a new password. Signing in comes after it, with the second step where there is one. */
export default class NewPasswordsController {
  async show(ctx: HttpContext) {
    return form(ctx)
  }

  async store(ctx: HttpContext) {
    try {
      const password = sentText(ctx.request.input('password'))
      const staff = await choosePassword(ctx.params.token, 'restore', password, actorOf(ctx))
      if (!staff) return form(ctx)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return form(ctx, sentencesOf(error, readerOf(ctx)))
    }
    toast(ctx, readerOf(ctx).t('access.restore.done'))
    return goTo(ctx, '/login')
  }
}

async function form(ctx: HttpContext, errors: Record<string, string> = {}) {
  const holder = await holderOf(ctx.params.token, 'restore')
  if (!holder) ctx.response.status(410)
  return ctx.view.render('access::choose_password', { holder, errors, kind: 'restore' })
}
