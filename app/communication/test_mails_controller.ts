import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, idParam, readerOf, reload, toast } from '#core/http'
import { sendTest } from './sending/test_mail_job.js'

export default class TestMailsController {
  /** To oneself, filled for the customer of the preview where one may see personal data, else for a made-up one. */
  async store(ctx: HttpContext) {
    const { email } = ctx.auth.getUserOrFail()
    const known = readerOf(ctx).knows('user')
    const customer = (known && Number(ctx.request.input('customer'))) || null
    await sendTest(idParam(ctx, 'id'), email, customer, actorOf(ctx))
    toast(ctx, readerOf(ctx).t('communication.write.testSent', { email }))
    return reload(ctx)
  }
}
