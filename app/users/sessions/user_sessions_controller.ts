import type { HttpContext } from '@adonisjs/core/http'
import { transaction, row, sql } from '#core/database'
import { actorOf, goTo, idParam, NotFound, readerOf, toast } from '#core/http'
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

function done(ctx: HttpContext, userId: number) {
  toast(ctx, readerOf(ctx).t('user_session.ended'))
  return goTo(ctx, `/users/${userId}`)
}
