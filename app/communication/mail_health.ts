import { row, sql } from '#core/database'
import { type HealthCheck } from '#core/modules'

/** Whether mail to customers gets out: sends that a mail server brought to a stand, and whether there is a server at all. */
export const mailHealth: HealthCheck = {
  name: 'mail',
  async ask() {
    const { halted, servers } = (await row<{ halted: number; servers: number }>(
      sql`select (select count(*) from sends where state = 'paused' and trouble is not null) as halted,
          (select count(*) from mail_providers where kind = 'smtp') as servers`
    ))!
    if (halted) return { state: 'warn', code: 'halted', params: { halted } }
    return servers ? { state: 'good', code: 'well', params: { servers } } : { state: 'good', code: 'captured' }
  },
}
