import { execute, sql } from '#core/database'
import { defineJob } from '#core/jobs'

const KEPT_DAYS = 30

/** Which rows an old run was meant for; its figures stay, and the audit log tells what became of each. */
export const tidyJob = defineJob({
  name: 'bulk.tidy',
  daily: true,
  async run(run) {
    const forgotten = await execute(
      sql`delete from bulk_rows r using bulk_runs b
        where b.id = r.bulk_id and b.state in ('done', 'failed', 'cancelled') and b.updated_at < now() - ${KEPT_DAYS} * interval '1 day'`
    )
    await run.result({ rows: forgotten })
  },
})
