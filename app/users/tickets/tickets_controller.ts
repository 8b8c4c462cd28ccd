import type { HttpContext } from '@adonisjs/core/http'
import { recordChange } from '#core/audit'
import { row, sql, transaction } from '#core/database'
import { actorOf, goTo, idParam, NotFound, readerOf, toast } from '#core/http'
import { DomainError } from '#core/objects'
import { carrierOf } from './carriers.js'
import { issueTicket } from './issue.js'
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
      const found = await row<{ userId: number; type: string; confirmed: boolean; campaign: { id: number; code: string } | null; source: number | null }>(
        sql`select i.user_id as "userId", i.type, i.confirmed, s.id as source,
            case when c.id is not null then jsonb_build_object('id', c.id, 'code', c.code) end as campaign
          from user_identifiers i join users u on u.id = i.user_id and u.deleted_at is null
          left join sources s on s.id = u.registration_source_id left join campaigns c on c.id = s.campaign_id
          where i.id = ${id}`,
        trx
      )
      if (!found) throw new NotFound()
      if (found.confirmed) throw new ConfirmedAlready()
      if (!carrierOf(found.type)) throw new ChannelMissing(found.type)
      await issueTicket(id, 'confirm', { source: found.source ? { id: found.source, campaign: found.campaign } : undefined }, trx)
      await recordChange({ actor: actorOf(ctx), action: 'sendTicket', object: 'identifier', id }, trx)
      return found.userId
    })
    toast(ctx, readerOf(ctx).t('tickets.sentAgain'))
    return goTo(ctx, `/users/${userId}`)
  }
}
