import { type ClusterOptions, openCluster } from '../postgres.ts'
import { alive } from './processes.ts'
import { tell } from './refusal.ts'

const LOOK_EVERY_MS = 2_000

/**
 * A cluster that is there until it is stopped. PostgreSQL mends most troubles itself; a server that
 * was killed is started again where it was, so that its clients find it.
 */
export async function keepCluster(options: ClusterOptions) {
  let cluster = await openCluster(options)
  let reopening: Promise<void> | undefined
  const watch = setInterval(() => {
    if (!alive(cluster.pid)) reopening ??= reopen().finally(() => (reopening = undefined))
  }, LOOK_EVERY_MS)

  return {
    url: cluster.url,
    async stop() {
      clearInterval(watch)
      await reopening
      await cluster.stop()
    },
  }

  async function reopen() {
    console.error('The database ended; it is started again.')
    try {
      await cluster.stop()
      cluster = await openCluster({ ...options, port: cluster.port })
    } catch (error) {
      tell(error)
    }
  }
}
