import type { HttpContext } from '@adonisjs/core/http'
import { actorOf, goTo, idParam, readerOf, toast } from '#core/http'
import { rowNamed } from '../row_named.js'
import { inviteAgain, sendRestore, withdraw } from './invite.js'

/** What an administrator does about somebody's way in. */
export default class StaffInvitationsController {
  async store(ctx: HttpContext) {
    await inviteAgain(await rowNamed(ctx, 'staff'), actorOf(ctx))
    return done(ctx, 'access.invitation.sent')
  }

  async destroy(ctx: HttpContext) {
    await withdraw(await rowNamed(ctx, 'staff'), actorOf(ctx))
    return done(ctx, 'access.invitation.withdrawn')
  }

  /** A link for a new password. */
  async restore(ctx: HttpContext) {
    await sendRestore(await rowNamed(ctx, 'staff'), actorOf(ctx))
    return done(ctx, 'access.restore.mailed')
  }
}

function done(ctx: HttpContext, words: string) {
  toast(ctx, readerOf(ctx).t(words))
  return goTo(ctx, `/staff/${idParam(ctx, 'id')}`)
}
