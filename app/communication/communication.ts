import { row, sql, type Transaction } from '#core/database'
import { NotFound } from '#core/http'
import { type Draft } from './content/draft.js'

/** A communication as its verbs need it; lists and cards are drawn from the declaration. */
export interface Communication extends Draft {
  id: number
  name: string
  kind: 'bulk' | 'trigger'
  channelId: number
  categoryId: number | null
  campaignId: number | null
  providerId: number
}

/** Throws `NotFound`. */
export async function communicationOf(id: number, trx?: Transaction): Promise<Communication> {
  const found = await row<Communication>(
    sql`select id, name, kind, class, channel_id as "channelId", category_id as "categoryId", campaign_id as "campaignId", provider_id as "providerId",
        sender_name as "senderName", sender_email as "senderEmail", reply_to as "replyTo", subject, preheader, link, markup, body
      from communications where id = ${id} and deleted_at is null`,
    trx
  )
  if (!found) throw new NotFound()
  return found
}
