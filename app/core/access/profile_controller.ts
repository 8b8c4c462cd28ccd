import type { HttpContext } from '@adonisjs/core/http'
import { transaction } from '#core/database'
import { actorOf, goTo, readerOf, sentencesOf, toast } from '#core/http'
import { edit, InvalidFields, objects, typed } from '#core/objects'
import { profileForm } from './profile_form.js'

const SHOWN = ['name', 'locale', 'timezone']

/** One's own account: what everybody may change about themselves, whatever their role. */
export default class ProfileController {
  async show(ctx: HttpContext) {
    return profileForm(ctx)
  }

  async update(ctx: HttpContext) {
    const staff = ctx.auth.getUserOrFail()
    const object = objects.get('staff')
    try {
      const values = typed(object, SHOWN, ctx.request.only(SHOWN), readerOf(ctx))
      await transaction((trx) => edit(object, staff.id, values, actorOf(ctx), trx))
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error
      ctx.response.status(422)
      return profileForm(ctx, { values: ctx.request.only(SHOWN), errors: sentencesOf(error, readerOf(ctx)) })
    }
    await staff.refresh()
    toast(ctx, readerOf(ctx).t('core.saved'))
    return goTo(ctx, '/profile')
  }
}
