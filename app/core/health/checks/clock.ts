import { row, sql } from '#core/database'
import { type HealthCheck } from '#core/modules'

/** The clock of this machine against that of the database: links expire and mails start by one or the other. */
export const clock: HealthCheck = {
  name: 'clock',
  async ask() {
    const asked = Date.now()
    const { now } = (await row<{ now: Date }>(sql`select clock_timestamp() as now`))!
    const between = (asked + Date.now()) / 2
    const seconds = Math.round(Math.abs(now.getTime() - between) / 1000)
    const params = { seconds, zone: 'UTC', now }
    if (seconds > 60) return { state: 'bad', code: 'apart', params }
    return seconds > 5 ? { state: 'warn', code: 'apart', params } : { state: 'good', code: 'well', params }
  },
}
