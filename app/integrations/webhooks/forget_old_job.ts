import { execute, sql } from '#core/database'
import { defineJob } from '#core/jobs'

const KEPT_DAYS = 30
const BATCH = 10_000

/** The log of deliveries is kept for a month. */
export const forgetOldJob = defineJob<Record<string, never>>({
  name: 'webhooks.forget',
  daily: true,
  async run() {
    const some = sql`select id from webhook_messages
      where created_at < now() - ${KEPT_DAYS} * interval '1 day' and state in ('delivered', 'failed') limit ${BATCH}`
    while ((await execute(sql`delete from webhook_messages where id in (${some})`)) === BATCH);
  },
})
