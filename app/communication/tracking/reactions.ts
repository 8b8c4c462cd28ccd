import { execute, row, sql, transaction, type Transaction } from '#core/database'
import { mailClicked } from '../signals.js'
import { type DeliveryKey } from './token.js'

/** A machine follows every link at once; this many different ones in a few seconds are not read by anybody. */
const SCANNED_LINKS = 3
const SCANNED_WITHIN_SECONDS = 5

export interface Visit {
  bot: boolean
  userAgent: string | undefined
}

export async function noteOpen(key: DeliveryKey, visit: Visit) {
  await note('open', key, visit, null)
}

/** Counts a click and answers nothing: where the link leads is known before. */
export async function noteClick(key: DeliveryKey, link: { id: number; url: string }, visit: Visit) {
  await transaction(async (trx) => {
    const communicationId = await note('click', key, visit, link.id, trx)
    if (communicationId === null) return
    if (visit.bot || (await looksScanned(key, trx))) return
    const { userId, sendId } = key
    await mailClicked.publish({ userId, communicationId, sendId, url: link.url.slice(0, 500) }, trx)
  })
}

/** One row, if there was such a delivery (a test mail has none); answers the communication. */
async function note(kind: 'open' | 'click', key: DeliveryKey, { bot, userAgent }: Visit, linkId: number | null, trx?: Transaction) {
  const noted = await row<{ communicationId: number }>(
    sql`insert into reactions (user_id, identifier_id, send_id, communication_id, kind, link_id, bot, user_agent)
      select d.user_id, d.identifier_id, d.send_id, d.communication_id, ${kind}, ${linkId}::bigint, ${bot},
        ${userAgent?.replaceAll('\0', '').slice(0, 300) ?? null}
      from deliveries d
      where d.send_id = ${key.sendId} and d.user_id = ${key.userId} and d.identifier_id = ${key.identifierId}
        and d.user_id > 0
      returning communication_id as "communicationId"`,
    trx
  )
  return noted?.communicationId ?? null
}

/** Scanners of mail gateways say that they are browsers; what gives them away is that they open everything. */
async function looksScanned({ sendId, userId }: DeliveryKey, trx: Transaction): Promise<boolean> {
  const recent = sql`send_id = ${sendId} and user_id = ${userId} and kind = 'click'
    and created_at > now() - make_interval(secs => ${SCANNED_WITHIN_SECONDS})`
  const { links } = (await row<{ links: number }>(
    sql`select count(distinct link_id) as links from reactions where ${recent}`,
    trx
  ))!
  if (links < SCANNED_LINKS) return false
  await execute(sql`update reactions set bot = true where ${recent} and not bot`, trx)
  return true
}
