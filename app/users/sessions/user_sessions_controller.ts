import type { HttpContext } from '@adonisjs/core/http'
import { transaction, row, sql } from '#core/database'
import { actorOf, goTo, idParam, isFragment, NotFound, readerOf, toast, trigger } from '#core/http'
import { find, objects } from '#core/objects'
import { recordChange } from '#core/audit'
import { endSession, endSessions } from './end_sessions.js'

/** Sessions of a customer, ended by those who look after them: a lost phone, a stranger in the account. */
export default class UserSessionsController {
  async destroy(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    const userId = await transaction(async (trx) => {
      const session = await row<{ userId: number }>(sql`select user_id as "userId" from user_sessions where id = ${id}`, trx)
      if (!session) throw new NotFound()
      await endSession(id, trx)
      await recordChange({ actor: actorOf(ctx), action: 'endSession', object: 'user', id: session.userId }, trx)
      return session.userId
    })
    return done(ctx, userId)
  }

  async destroyAll(ctx: HttpContext) {
    const user = await find(objects.get('user'), idParam(ctx, 'id'), readerOf(ctx), ['id'])
    if (!user) throw new NotFound()
    await transaction((trx) => endSessions(user.id, actorOf(ctx), trx))
    return done(ctx, user.id)
  }
}

/** The list behind the button of a row loads again; the card of a session that is no more leads to its customer. */
function done(ctx: HttpContext, userId: number) {
  toast(ctx, readerOf(ctx).t('user_session.ended'))
  if (!isFragment(ctx)) return goTo(ctx, `/users/${userId}`)
  trigger(ctx, { 'user_session:changed': true })
  return ctx.response.status(204)
}
