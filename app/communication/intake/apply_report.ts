import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { speaker, unsubscribe } from '#app/users'
import { mailBounced, mailComplained } from '../signals.js'
import { readToken, type DeliveryKey } from '../tracking/token.js'
import { type Report } from './report.js'

interface Delivery extends DeliveryKey {
  communicationId: number
}

type Applied = 'applied' | 'repeated' | 'unknown'

/**
 * One bounce blocks an address that is not there, one complaint blocks and unsubscribes, the rest is only counted. `key` makes the
 * report unique: handed in twice it counts once.
 */
export async function applyReport(report: Report, key: string): Promise<Applied> {
  return transaction(async (trx) => {
    const delivery = await deliveryOf(report, trx)
    if (!delivery) return 'unknown'
    if (!(await note(report, key, delivery, trx))) return 'repeated'
    await effects[report.kind](report, delivery, trx)
    return 'applied'
  })
}

type Effect = (report: Report, delivery: Delivery, trx: Transaction) => Promise<void>

const effects: Record<Report['kind'], Effect> = {
  async hard_bounce(report, delivery, trx) {
    await markIdentifier('blocked', report, delivery, trx)
    await execute(
      sql`update deliveries set state = 'bounced', answer = ${report.note}, updated_at = now()
        where send_id = ${delivery.sendId} and user_id = ${delivery.userId} and identifier_id = ${delivery.identifierId}`,
      trx
    )
    const { userId, communicationId, sendId } = delivery
    await mailBounced.publish({ userId, communicationId, sendId }, trx)
  },
  soft_bounce: (report, delivery, trx) => markIdentifier('soft', report, delivery, trx),
  async complaint(report, delivery, trx) {
    await markIdentifier('blocked', { ...report, note: `complaint: ${report.note}` }, delivery, trx)
    const email = await row<{ id: number }>(sql`select id from channels where code = 'email'`, trx)
    const { userId, communicationId, sendId } = delivery
    await unsubscribe({ userId: await speaker(userId, trx), channelId: email!.id, categoryId: null }, { source: 'complaint' }, trx)
    await mailComplained.publish({ userId, communicationId, sendId }, trx)
  },
}

/** Our own Message-ID cannot be forged; an address alone points at the last mail that went to it. */
async function deliveryOf({ messageId, address }: Report, trx: Transaction): Promise<Delivery | undefined> {
  const token = /^<?([\w-]+)@/.exec(messageId ?? '')?.[1]
  const key = token ? readToken(token, 'message') : null
  const which = key
    ? sql`d.send_id = ${key.sendId} and d.user_id = ${key.userId} and d.identifier_id = ${key.identifierId}`
    : sql`d.user_id in (select user_id from user_identifiers where type = 'email' and value = ${address ?? ''})
        and d.address = ${address ?? ''} and d.sent_at is not null`
  return row<Delivery>(
    sql`select d.send_id as "sendId", d.user_id as "userId", d.identifier_id as "identifierId",
        d.communication_id as "communicationId"
      from deliveries d where ${which} and d.user_id > 0 order by d.id desc limit 1`,
    trx
  )
}

async function note({ kind, note: said }: Report, key: string, delivery: Delivery, trx: Transaction): Promise<boolean> {
  const written = await execute(
    sql`insert into reactions (user_id, identifier_id, send_id, communication_id, kind, note, report_key)
      values (${delivery.userId}, ${delivery.identifierId}, ${delivery.sendId}, ${delivery.communicationId}, ${kind},
        ${said.replaceAll('\0', '')}, ${key})
      on conflict do nothing`,
    trx
  )
  return written > 0
}

async function markIdentifier(mark: 'blocked' | 'soft', { note: said }: Report, { userId, identifierId }: Delivery, trx: Transaction) {
  await execute(
    sql`update user_identifiers set deliverable = ${mark}, blocked_reason = ${said.replaceAll('\0', '')}, updated_at = now()
      where user_id = ${await speaker(userId, trx)} and id = ${identifierId} and (deliverable <> 'blocked' or ${mark} = 'blocked')`,
    trx
  )
}
