import { execute, sql } from '#core/database'
import { defineJob } from '#core/jobs'

/** Files of exports whose days are over, and those of a worker that died while it wrote one. */
export const expireJob = defineJob({
  name: 'exports.expire',
  daily: true,
  async run(run) {
    const files = await execute(
      sql`with expired as (
          update exports set state = 'expired', updated_at = now() where state = 'done' and expires_at < now() returning file_id
        )
        delete from files f using expired e where f.id = e.file_id`
    )
    await execute(sql`delete from files where size is null and created_at < now() - interval '2 days'`)
    await run.result({ files })
  },
})
