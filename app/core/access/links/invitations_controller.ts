import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, readerOf, sentencesOf } from '#core/http'
import { InvalidFields } from '#core/objects'
import { openSession } from '../open_session.js'
import { sentText } from '../sent_text.js'
import { choosePassword } from './choose_password.js'
import { holderOf } from './link.js'

/** The page of a mailed invitation: a first password, and in. */
export default class InvitationsController {
  async show(ctx: HttpContext) {
    return form(ctx)
  }

  async store(ctx: HttpContext) {
    try {
      const password = sentText(ctx.request.input('password'))
      const staff = await choosePassword(ctx.params.token, 'invitation', password, actorOf(ctx))
      if (!staff) return form(ctx)
      await openSession(ctx, staff)
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return form(ctx, sentencesOf(error, readerOf(ctx)))
    }
    return goTo(ctx, '/')
  }
}

async function form(ctx: HttpContext, errors: Record<string, string> = {}) {
  const holder = await holderOf(ctx.params.token, 'invitation')
  if (!holder) ctx.response.status(410)
  return ctx.view.render('access::choose_password', { holder, errors, kind: 'invitation' })
}
