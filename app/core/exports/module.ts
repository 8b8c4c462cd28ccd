import { exportedFiles } from './exported_files.js'
import { defineModule } from '#core/modules'
import { expireJob } from './expire_job.js'
import { routes } from './routes.js'
import { exportJob } from './write_export_job.js'

/** Lists as files: asked for beside the list, written by a worker, kept for a week. */
export default defineModule({
  name: 'exports',
  personal: { traces: [{ table: 'exports', columns: ['view', 'words', 'reason'] }], leavings: [exportedFiles] },
  jobs: [exportJob, expireJob],
  routes,
})
