import { sql } from '#core/database'
import { belongsTo, choice, dateTime, defineObject, eachRow, integer, text, type Panel, type Reader } from '#core/objects'
import { runState } from '#core/jobs'
import { retry } from './retry.js'

const progressPanel: Panel = {
  name: 'progress',
  tab: 'progress',
  view: 'runs::components/progress',
  load: async (id) => ({ run: await runState(id) }),
}

/** Called `imports.apply` in code, and `jobs.names.imports.apply` for people. */
function jobName() {
  const plain = text({ readonly: true, sortable: true })
  const show = (value: string, _field: unknown, reader: Reader) => reader.t(`jobs.names.${value}`)
  return { ...plain, type: { ...plain.type, show } }
}

const tones = { running: 'accent', stopping: 'warn', done: 'good', failed: 'bad', cancelled: 'warn' } as const

/** Runs of jobs, for administrators; others watch the runs of what is theirs, on its own pages. */
export const jobRunObject = defineObject({
  name: 'job_run',
  table: 'job_runs',
  path: 'jobs',
  quick: 'state',
  title: (row) => sql`${row}.title`,
  fields: {
    job: jobName(),
    title: text({ readonly: true, sortable: true }),
    state: choice(['waiting', 'running', 'stopping', 'done', 'failed', 'cancelled'], { readonly: true, sortable: true, tones }),
    done: integer({ readonly: true }),
    total: integer({ readonly: true }),
    tries: integer({ readonly: true }),
    startedAt: dateTime({ readonly: true, sortable: true }),
    finishedAt: dateTime({ readonly: true, sortable: true }),
    staff: belongsTo('staff', { readonly: true, sortable: true }),
    error: text({ readonly: true }),
  },
  columns: ['id', 'job', 'title', 'state', 'done', 'total', 'startedAt', 'finishedAt', 'staff', 'error'],
  bulk: [{ name: 'retry', icon: 'refresh', right: 'edit', run: eachRow((id, { actor, trx }) => retry({ id }, actor, trx)) }],
  tabs: ['progress'],
  panels: [progressPanel],
  attributes: 'none',
  rights: { administrator: ['read', 'edit'] },
})
