import { row, sql, transaction, type Transaction } from '#core/database'
import { savePreferences, speaker, unsubscribe, type Origin, type Regime } from '#app/users'
import { type DeliveryKey } from './token.js'

/** What was ticked on the page of preferences (F40). The mail that made somebody leave something is told so. */
export async function saveChoice(key: DeliveryKey, kept: Set<string>, regime: Regime, origin: Origin) {
  await transaction(async (trx) => {
    if (await savePreferences(await speaker(key.userId, trx), kept, regime, origin, trx)) await noteUnsubscription(key, trx)
  })
}

/**
 * What the button of a mail program does (RFC 8058): no more mails of this category; where the mail had none, no more mails.
 * Repeating it changes nothing.
 */
export async function leave(key: DeliveryKey, origin: Origin) {
  await transaction(async (trx) => {
    const pair = await row<{ channelId: number; categoryId: number | null }>(
      sql`select (s.content->>'channelId')::bigint as "channelId", (s.content->>'categoryId')::bigint as "categoryId"
        from sends s join deliveries d on d.send_id = s.id
        where s.id = ${key.sendId} and d.user_id = ${key.userId} and d.identifier_id = ${key.identifierId} and d.user_id > 0`,
      trx
    )
    if (pair && (await unsubscribe({ userId: await speaker(key.userId, trx), ...pair }, origin, trx))) await noteUnsubscription(key, trx)
  })
}

/** The mail that made somebody leave is told so once. */
async function noteUnsubscription(key: DeliveryKey, trx: Transaction) {
  await row(
    sql`insert into reactions (user_id, identifier_id, send_id, communication_id, kind)
      select d.user_id, d.identifier_id, d.send_id, d.communication_id, 'unsubscribe' from deliveries d
      where d.send_id = ${key.sendId} and d.user_id = ${key.userId} and d.identifier_id = ${key.identifierId} and not exists (
        select 1 from reactions r where r.send_id = d.send_id and r.kind = 'unsubscribe' and r.user_id = d.user_id
      )`,
    trx
  )
}
