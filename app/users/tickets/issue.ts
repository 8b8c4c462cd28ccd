import { row, sql, type Transaction } from '#core/database'
import { type Source } from '#core/methods'
import { type Context } from '#core/signals'
import { carrierOf } from './carriers.js'
import { ChannelMissing } from './refusals.js'
import { carryJob } from './carry_job.js'
import { type Purpose } from './purpose.js'
import { ticketGenerated } from './signals.js'
import { voidTickets } from './void_tickets.js'

/** Where a ticket was asked for; staff ask for it at no source. */
export interface Place {
  source?: Pick<Source, 'id' | 'campaign'>
  context?: Context
}

/** A generator of tickets as a front end needs to know it, to draw its form. */
interface Generator {
  id: number
  length: number
  lifeMinutes: number
  tries: number
}

/** Throws `ChannelMissing`. */
export async function generatorFor(type: string, campaignId: number | null, trx?: Transaction): Promise<Generator> {
  const found = await generatorOf(type, campaignId, trx)
  if (!found) throw new ChannelMissing(type)
  return found
}

/** Whether identifiers of this type are confirmed by tickets at all: a card is not. */
export async function hasGenerator(type: string, campaignId: number | null, trx: Transaction): Promise<boolean> {
  return Boolean(await generatorOf(type, campaignId, trx))
}

/** The campaign's own for this type of identifiers, else the general one. */
function generatorOf(type: string, campaignId: number | null, trx?: Transaction) {
  return row<Generator>(
    sql`select id, length, life_minutes as "lifeMinutes", tries from ticket_generators
      where identifier_type = ${type} and (campaign_id is null or campaign_id = ${campaignId}) order by campaign_id nulls last limit 1`,
    trx
  )
}

/**
 * A ticket for an identifier in the place of any earlier one for the same purpose. It opens nothing until a message with its code is
 * written; where the product has a channel to that type, it is sent at once. Answers its id. Throws `ChannelMissing`.
 */
export async function issueTicket(identifierId: number, purpose: Purpose, { source, context }: Place, trx: Transaction): Promise<number> {
  const identifier = await row<{ userId: number; type: string }>(
    sql`select user_id as "userId", type from user_identifiers where id = ${identifierId} for update`,
    trx
  )
  const { userId, type } = identifier!
  const generator = await generatorFor(type, source?.campaign?.id ?? null, trx)
  await voidTickets([identifierId], trx, purpose)
  const issued = await row<{ id: number }>(
    sql`insert into user_tickets (user_id, identifier_id, generator_id, source_id, purpose, expires_at)
      values (${userId}, ${identifierId}, ${generator.id}, ${source?.id ?? null}, ${purpose},
        now() + ${generator.lifeMinutes} * interval '1 minute') returning id`,
    trx
  )
  const id = issued!.id
  await ticketGenerated.publish({ userId, context, ticketId: id, identifierId, type, purpose }, trx)
  if (carrierOf(type)) await carryJob.start({ ticket: id }, { actor: { staffId: null }, trx, title: `№ ${userId}`, subject: { object: 'user', id: userId } })
  return id
}
