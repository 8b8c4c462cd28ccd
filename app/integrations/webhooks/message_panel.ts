import { row, sql } from '#core/database'
import { type Panel } from '#core/objects'

/** What was sent, as it was sent. */
export const messagePanel: Panel = {
  name: 'body',
  tab: 'tries',
  order: 2,
  view: 'integrations::components/webhook_message',
  load: async (id) => {
    const message = await row<{ body: object }>(sql`select body from webhook_messages where id = ${id}`)
    return { body: JSON.stringify(message?.body ?? {}, null, 2) }
  },
}
