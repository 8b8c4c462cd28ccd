import { defineModule } from '#core/modules'
import { jobRunObject } from './job_run_object.js'
import { runAttention, runsWidget } from './widgets.js'

const Progress = () => import('./run_progress_controller.js')
const Cancellations = () => import('./run_cancellations_controller.js')
const Retries = () => import('./run_retries_controller.js')

/** The pages and words of jobs. They stand above access and http, which jobs themselves do not know. */
export default defineModule({
  name: 'runs',
  menu: [{ group: 'administration', name: 'jobs', path: '/jobs', object: 'job_run', key: 'j' }],
  home: { widgets: [runsWidget], attention: runAttention },
  personal: {
    traces: [
      { table: 'job_runs', columns: ['title', 'payload', 'error', 'result'] },
      { table: 'job_log', columns: ['line'] },
      { table: 'pgboss.job', columns: ['data', 'output'] },
    ],
  },
  objects: [jobRunObject],
  routes({ staff }) {
    staff('signedIn').get('/jobs/:id/progress', [Progress, 'show'])
    staff('signedIn').post('/jobs/:id/cancellation', [Cancellations, 'store'])
    staff('signedIn').post('/jobs/:id/retry', [Retries, 'store'])
  },
})
