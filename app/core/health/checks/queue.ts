import { row, sql } from '#core/database'
import { type HealthCheck } from '#core/modules'

const LONG_MINUTES = 5
const TOO_LONG_MINUTES = 15

/** How many jobs wait, and since when; those behind a long one may. */
export const queue: HealthCheck = {
  name: 'queue',
  async ask() {
    const { waiting, running, minutes } = (await row<{ waiting: number; running: number; minutes: number }>(
      sql`select count(*) filter (where state = 'waiting') as waiting,
          count(*) filter (where state <> 'waiting' and beat_at > now() - interval '2 minutes') as running,
          coalesce(extract(epoch from now() - min(updated_at) filter (where state = 'waiting')) / 60, 0)::integer as minutes
        from job_runs where state in ('waiting', 'running', 'stopping')`
    ))!
    const params = { waiting, running, minutes }
    if (minutes >= TOO_LONG_MINUTES && !running) return { state: 'bad', code: 'stuck', params }
    if (minutes >= LONG_MINUTES) return { state: 'warn', code: 'long', params }
    return { state: 'good', code: 'well', params }
  },
}
