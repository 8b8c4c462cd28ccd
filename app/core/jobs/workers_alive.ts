import { hostname } from 'node:os'
import { rows, sql } from '#core/database'

const PREFIX = 'tessera worker'
const SILENT_AFTER_SECONDS = 60

/** How the connections of this worker's queue are called; PostgreSQL keeps 63 bytes. */
export const workerName = () => `${PREFIX} ${hostname().slice(0, 30)} ${process.pid}`

/**
 * Workers that are connected and have asked their queues within the last minute. A worker that was killed loses its connections at
 * once, so this needs no heartbeat of its own.
 */
export async function workersAlive(): Promise<string[]> {
  const found = await rows<{ name: string }>(
    sql`select application_name as name from pg_stat_activity
      where datname = current_database() and starts_with(application_name, ${PREFIX})
      group by application_name
      having max(state_change) > now() - ${SILENT_AFTER_SECONDS} * interval '1 second'
      order by application_name`
  )
  return found.map(({ name }) => name.slice(PREFIX.length + 1))
}
