import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { row, sql, transaction } from '#core/database'
import { actorOf, goTo, idParam, NotFound, readerOf, toast } from '#core/http'
import { DomainError } from '#core/objects'
import { carrierOf } from './carriers.js'
import { issueTicket } from './issue.js'
import { placeOfRegistration } from './place_of_registration.js'
import { ChannelMissing } from './refusals.js'

/** There is nothing to confirm. */
class ConfirmedAlready extends DomainError {
  readonly code = 'confirmedAlready'
}

/** A confirmation that is sent again, by those who look after a customer who did not get it. */
export default class TicketsController {
  async store(ctx: HttpContext) {
    const id = idParam(ctx, 'id')
    const userId = await transaction(async (trx) => {
      const found = await row<{ userId: number; type: string; confirmed: boolean }>(
        sql`select i.user_id as "userId", i.type, i.confirmed from user_identifiers i join users u on u.id = i.user_id and u.deleted_at is null
          where i.id = ${id}`,
        trx
      )
      if (!found) throw new NotFound()
      if (found.confirmed) throw new ConfirmedAlready()
      if (!carrierOf(found.type)) throw new ChannelMissing(found.type)
      await issueTicket(id, 'confirm', await placeOfRegistration(found.userId, trx), trx)
      await recordChange({ actor: actorOf(ctx), action: 'sendTicket', object: 'identifier', id }, trx)
      return found.userId
    })
    toast(ctx, readerOf(ctx).t('tickets.sentAgain'))
    return goTo(ctx, `/users/${userId}`)
  }
}
