import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { recordChange } from '#core/audit'
import { row, sql, transaction, type Transaction } from '#core/database'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { admitUser } from '../standing/admit.js'
import { carriedTypes } from './carriers.js'
import { issueTicket } from './issue.js'
import { placeOfRegistration } from './place_of_registration.js'
import { ChannelMissing } from './refusals.js'

/** A way back in for a customer who asks staff for it: the code goes to the customer, nobody here learns it or the password. */
export default class PasswordLettersController {
  async store(ctx: HttpContext) {
    const id = await rowNamed(ctx, 'user')
    await transaction(async (trx) => {
      const userId = await admitUser(id, trx)
      const identifier = await reachedAt(userId, trx)
      await issueTicket(identifier, 'restore', await placeOfRegistration(userId, trx), trx)
      await recordChange({ actor: actorOf(ctx), action: 'sendRestore', object: 'user', id: userId }, trx)
    })
    toast(ctx, readerOf(ctx).t('tickets.restoreSent'))
    return goTo(ctx, `/users/${id}`)
  }
}

/** Where a code reaches the customer, a confirmed address first. Throws `ChannelMissing`. */
async function reachedAt(userId: number, trx: Transaction): Promise<number> {
  const found = await row<{ id: number }>(
    sql`select id from user_identifiers where user_id = ${userId} and active and type = any(${carriedTypes()}::text[]) order by confirmed desc, id limit 1`,
    trx
  )
  if (!found) throw new ChannelMissing('email')
  return found.id
}
