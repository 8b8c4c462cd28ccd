import { defineModule } from '#core/modules'
import { bulkJob } from './bulk_job.js'
import { routes } from './routes.js'
import { tidyJob } from './tidy_job.js'

/** One action on many rows of a list. */
export default defineModule({
  name: 'bulk',
  personal: {
    traces: [
      { table: 'bulk_runs', columns: ['change', 'selection', 'words'] },
      { table: 'bulk_rows', columns: ['reason'] },
    ],
  },
  jobs: [bulkJob, tidyJob],
  routes,
})
