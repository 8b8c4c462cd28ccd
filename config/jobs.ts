import env from '#start/env'
import app from '@adonisjs/core/services/app'

/** How jobs are kept alive and found again. Seconds, unless a name says otherwise. */
export default {
  /** The schema of the queue's own tables, in the same database as everything else. */
  schema: 'pgboss',

  /** A worker says this often that it lives; pg-boss accepts 10 and more. */
  heartbeatSeconds: env.get('JOBS_HEARTBEAT_SECONDS', app.inTest ? 10 : 30),

  /** This often somebody looks for workers that fell silent. */
  monitorIntervalSeconds: env.get('JOBS_MONITOR_SECONDS', app.inTest ? 5 : 15),

  /** How long a worker that is asked to stop may finish what it holds. */
  stopTimeoutMs: 10_000,

  /** Connections the worker's queue keeps to itself, beside Lucid's pool. */
  connections: 6,
}
