import type { HttpContext } from '@adonisjs/core/http'
import { rowNamed } from '#core/access'
import { recordChange } from '#core/audit'
import { row, sql, transaction, type Transaction } from '#core/database'
import { actorOf, goTo, readerOf, toast } from '#core/http'
import { opensAccount } from '../identifiers/owners.js'
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

/** Where a code reaches the customer and nobody else. Throws `ChannelMissing`. */
async function reachedAt(userId: number, trx: Transaction): Promise<number> {
  const found = await row<{ id: number }>(
    sql`select i.id from user_identifiers i
      where i.user_id = ${userId} and i.type = any(${carriedTypes()}::text[]) and ${opensAccount(sql`i`)} order by i.confirmed desc, i.id limit 1`,
    trx
  )
  if (!found) throw new ChannelMissing('email')
  return found.id
}
