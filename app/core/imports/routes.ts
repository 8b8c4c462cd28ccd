import { type RouteGroups } from '#core/access'

const Uploads = () => import('./pages/uploads_controller.js')
const Mappings = () => import('./pages/mappings_controller.js')
const Dialects = () => import('./pages/dialects_controller.js')
const Trials = () => import('./pages/trials_controller.js')
const Starts = () => import('./pages/starts_controller.js')
const Rejects = () => import('./pages/rejects_controller.js')

/** Who may import rows of an object is asked again by each step, once it is known which object. */
export function routes({ staff }: RouteGroups) {
  staff('create', 'import').get('/imports/create', [Uploads, 'create'])
  staff('create', 'import').post('/imports', [Uploads, 'store'])
  staff('edit', 'import').get('/imports/:id/mapping', [Mappings, 'show'])
  staff('edit', 'import').post('/imports/:id/mapping', [Mappings, 'update'])
  staff('edit', 'import').post('/imports/:id/dialect', [Dialects, 'update'])
  staff('edit', 'import').get('/imports/:id/trial', [Trials, 'show'])
  staff('edit', 'import').post('/imports/:id/trials', [Trials, 'store'])
  staff('edit', 'import').post('/imports/:id/start', [Starts, 'store'])
  staff('read', 'import').get('/imports/:id/rejects', [Rejects, 'show'])
}
