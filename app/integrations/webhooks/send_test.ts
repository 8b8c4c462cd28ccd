import { randomUUID } from 'node:crypto'
import { row, sql } from '#core/database'

/** A message that tells of nothing, to see whether somebody listens; answers its id. */
export async function sendTest(webhookId: number): Promise<number> {
  const body = { type: 'webhook.test', timestamp: new Date().toISOString(), data: {} }
  const made = await row<{ id: number }>(
    sql`insert into webhook_messages (webhook_id, event_key, signal, body)
      values (${webhookId}, ${randomUUID()}::uuid, 'webhook.test', ${JSON.stringify(body)}::jsonb) returning id`
  )
  return made!.id
}
