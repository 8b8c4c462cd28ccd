import pg from 'pg'
import { connection } from '#config/pg'

/** The first half of the advisory key; the second is the id of the run. */
export const RUN_LOCKS = 130

interface RunLock {
  release(): Promise<void>
}

/**
 * Waits until nobody else works on a run. The lock lives exactly as long as its own connection: a killed worker loses it at
 * once, a machine that fell off the network within half a minute, and a worker that is merely slow keeps it, however long
 * the queue has not heard of it. `onLoss` says that the fence is gone and the work must stop. Null when `signal` aborts first.
 */
export async function lockRun(runId: number, signal: AbortSignal, onLoss: () => void): Promise<RunLock | null> {
  const client = new pg.Client({ ...connection, application_name: `tessera run ${runId}`, keepAlive: true })
  let held = true
  client.on('error', () => held && onLoss())
  client.on('end', () => held && onLoss())
  const release = async () => {
    held = false
    await client.end().catch(() => {})
  }
  const leave = () => void release()
  signal.addEventListener('abort', leave, { once: true })

  try {
    await client.connect()
    await client.query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4')
    await client.query('select pg_advisory_lock($1, $2)', [RUN_LOCKS, runId])
  } catch (error) {
    await release()
    if (signal.aborted) return null
    throw error
  } finally {
    signal.removeEventListener('abort', leave)
  }
  return { release }
}
