import { importedFiles } from './imported_files.js'
import { defineModule } from '#core/modules'
import { applyJob } from './apply_job.js'
import { importObject } from './import_object.js'
import { routes } from './routes.js'
import { trialJob } from './trial.js'

export default defineModule({
  name: 'imports',
  menu: [{ group: 'integrations', name: 'imports', path: '/imports', object: 'import', key: 'i' }],
  objects: [importObject],
  personal: {
    traces: [
      { table: 'imports', columns: ['name', 'settings', 'trial'] },
      { table: 'import_rejects', columns: ['reasons'] },
      { table: 'files', columns: ['name'] },
    ],
    leavings: [importedFiles],
  },
  jobs: [applyJob, trialJob],
  routes,
})
