import { row, sql } from '#core/database'
import { deadLetters } from '#core/jobs'
import { type HealthCheck } from '#core/modules'

/** What jobs could not do in the last day, and messages that nobody could take up. */
export const failures: HealthCheck = {
  name: 'failures',
  async ask() {
    const { failed } = (await row<{ failed: number }>(
      sql`select count(*) as failed from job_runs where state = 'failed' and finished_at > now() - interval '1 day'`
    ))!
    const dead = (await deadLetters()).length
    if (dead) return { state: 'bad', code: 'dead', params: { failed, dead } }
    return failed ? { state: 'warn', code: 'failed', params: { failed } } : { state: 'good', code: 'well' }
  },
}
