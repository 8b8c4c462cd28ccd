import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { type Actor, type Values } from '#core/objects'
import { userSubscribed, userUnsubscribed } from './signals.js'

export interface Subject {
  userId: number
  /** Null: every channel. */
  channelId: number | null
  /** Null: every category. */
  categoryId: number | null
}

export interface Origin {
  /** `one_click`, `preferences`, `complaint`, `back_office`. */
  source: string
  ip?: string
  staffId?: number | null
}

/** Records that a customer wants no more of a channel, a category or both (F37). Repeating it changes nothing. */
export async function unsubscribe(subject: Subject, origin: Origin, trx?: Transaction): Promise<boolean> {
  if (!trx) return transaction((own) => unsubscribe(subject, origin, own))
  const { userId, channelId, categoryId } = subject
  const written = await execute(
    sql`insert into user_unsubscribes (user_id, channel_id, category_id, source)
      values (${userId}, ${channelId}, ${categoryId}, ${origin.source}) on conflict do nothing`,
    trx
  )
  if (written) await tell(true, subject, origin, trx)
  return written > 0
}

/** Takes an unsubscription of exactly this channel and category back. */
export async function resubscribe(subject: Subject, origin: Origin, trx?: Transaction): Promise<boolean> {
  if (!trx) return transaction((own) => resubscribe(subject, origin, own))
  const { userId, channelId, categoryId } = subject
  const removed = await execute(
    sql`delete from user_unsubscribes where user_id = ${userId}
      and channel_id is not distinct from ${channelId} and category_id is not distinct from ${categoryId}`,
    trx
  )
  if (removed) await tell(false, subject, origin, trx)
  return removed > 0
}

/** A row that a member of staff added by hand; whose it is and what of is never changed. */
export async function keepUnsubscription(_id: number, values: Values, trx: Transaction, actor: Actor) {
  if (!('user' in values)) return
  const subject = { userId: values.user as number, channelId: idOf(values.channel), categoryId: idOf(values.category) }
  await tell(true, subject, { source: 'back_office', ip: actor.ip, staffId: actor.staffId }, trx)
}

export async function removeUnsubscription(id: number, trx: Transaction) {
  const removed = await row<{ user_id: number; channel_id: number | null; category_id: number | null }>(
    sql`delete from user_unsubscribes where id = ${id} returning user_id, channel_id, category_id`,
    trx
  )
  if (!removed) return
  const subject = { userId: removed.user_id, channelId: removed.channel_id, categoryId: removed.category_id }
  await tell(false, subject, { source: 'back_office' }, trx)
}

/** The append-only log keeps the proof, the signal tells the others. */
async function tell(unsubscribed: boolean, subject: Subject, origin: Origin, trx: Transaction) {
  const { userId, channelId, categoryId } = subject
  await execute(
    sql`insert into consent_log (user_id, kind, value, subject, source, ip, staff_id)
      select ${userId}::bigint, 'unsubscribe', ${unsubscribed}::boolean,
        concat_ws('/', coalesce((select code from channels where id = ${channelId}), '*'),
          coalesce((select code from unsubscribe_categories where id = ${categoryId}), '*')),
        ${origin.source}, ${origin.ip ?? null}, ${origin.staffId ?? null}::bigint`,
    trx
  )
  const signal = unsubscribed ? userUnsubscribed : userSubscribed
  await signal.publish({ userId, channelId, categoryId }, trx)
}

function idOf(value: unknown): number | null {
  return (value as number | null | undefined) ?? null
}
