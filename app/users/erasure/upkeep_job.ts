import { execute, sql } from '#core/database'
import { defineJob } from '#core/jobs'

/** Files of persons are fetched within a week; acts are kept for three years. */
const FILE_DAYS = 7

export const privacyUpkeepJob = defineJob({
  name: 'users.privacy_upkeep',
  daily: true,
  async run(run) {
    const files = await execute(
      sql`delete from files f using privacy_requests r
        where f.id = r.file_id and r.done_at < now() - ${FILE_DAYS} * interval '1 day'`
    )
    const acts = await execute(sql`delete from erasure_acts where keep_until < current_date`)
    await run.result({ files, acts })
  },
})
