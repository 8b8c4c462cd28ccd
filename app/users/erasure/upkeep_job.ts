import { execute, sql } from '#core/database'
import { defineJob } from '#core/jobs'

/** Files of persons are fetched within a week, and an import is begun within one; acts are kept for three years. */
const FILE_DAYS = 7

export const privacyUpkeepJob = defineJob({
  name: 'users.privacy_upkeep',
  daily: true,
  async run(run) {
    const files = await execute(
      sql`delete from files f using privacy_requests r
        where f.id = r.file_id and r.done_at < now() - ${FILE_DAYS} * interval '1 day'`
    )
    const imported = await execute(sql`delete from files f using imports i where f.id in (i.file_id, i.reject_file_id) and ${outlived}`)
    const acts = await execute(sql`delete from erasure_acts where keep_until < current_date`)
    await run.result({ files: files + imported, acts })
  },
})

/** Of an import that was at work, or only prepared, when somebody was erased: its file may still name them. */
const outlived = sql`(i.state in ('done', 'failed', 'cancelled') or i.state = 'draft' and i.updated_at < now() - ${FILE_DAYS} * interval '1 day')
  and exists (select from erasure_acts a where a.created_at > i.created_at)`
