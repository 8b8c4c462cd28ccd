import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, readerOf, TooManyRequests } from '#core/http'
import { normalised } from '../credentials.js'
import { sentText } from '../sent_text.js'
import { countRestore } from './restore_attempts.js'
import { askRestore } from './restore_job.js'

const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u

/** "Forgot the password?" The answer is the same for everybody. */
export default class RestoresController {
  async create(ctx: HttpContext) {
    return ctx.view.render('access::restore', { email: '', sent: false, problem: null })
  }

  async store(ctx: HttpContext) {
    const { t } = readerOf(ctx)
    const email = normalised(sentText(ctx.request.input('email'))).slice(0, 320)
    if (!EMAIL.test(email)) return refused(ctx, 422, email, t('validator.email'))
    try {
      await countRestore(email, ctx.request.ip())
      await askRestore(email, actorOf(ctx))
    } catch (error) {
      if (!(error instanceof TooManyRequests)) throw error
      ctx.response.header('retry-after', error.seconds)
      return refused(ctx, 429, email, t('access.tooMany', { seconds: error.seconds }))
    }
    return ctx.view.render('access::restore', { email, sent: true, problem: null })
  }
}

function refused(ctx: HttpContext, status: number, email: string, problem: string) {
  ctx.response.status(status)
  return ctx.view.render('access::restore', { email, sent: false, problem })
}
