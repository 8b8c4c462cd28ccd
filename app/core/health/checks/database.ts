import { row, sql } from '#core/database'
import { type HealthCheck } from '#core/modules'

const OLDEST_VERSION = 16

/** Does it answer, which version is it, how large has it grown. */
export const database: HealthCheck = {
  name: 'database',
  async ask() {
    const startedAt = performance.now()
    const found = await row<{ version: string; major: number; size: number }>(
      sql`select current_setting('server_version') as version, current_setting('server_version_num')::integer / 10000 as major,
          pg_database_size(current_database()) as size`
    )
    const { version, major, size } = found!
    const params = { version: version.split(' ')[0], megabytes: Math.round(size / 1024 ** 2), ms: Math.ceil(performance.now() - startedAt) }
    if (major < OLDEST_VERSION) return { state: 'warn', code: 'old', params: { ...params, needed: OLDEST_VERSION } }
    return { state: 'good', code: 'well', params }
  },
}
