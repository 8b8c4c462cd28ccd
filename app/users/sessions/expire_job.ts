import { execute, identifier, sql } from '#core/database'
import { defineJob } from '#core/jobs'
import { alive } from './alive.js'

/** Sessions that opened nothing for a month are no news for anybody. */
export const expireSessionsJob = defineJob({
  name: 'users.expireSessions',
  daily: true,
  async run(run) {
    const sessions = await execute(
      sql`delete from user_sessions s where not ${alive(identifier('s'))} and last_seen_at < now() - interval '30 days'`
    )
    await run.result({ sessions })
  },
})
