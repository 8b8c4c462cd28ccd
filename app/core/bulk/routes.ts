import { type RouteGroups } from '#core/access'

const Bulk = () => import('./pages/bulk_controller.js')
const BulkRuns = () => import('./pages/bulk_runs_controller.js')
const BulkStates = () => import('./pages/bulk_states_controller.js')
const SkippedRows = () => import('./pages/skipped_rows_controller.js')

/** Which right an action needs is asked once it is known which. */
export function routes({ staff }: RouteGroups) {
  staff('read', ':object').get('/bulk/:object/create', [Bulk, 'create'])
  staff('read', ':object').post('/bulk/:object', [Bulk, 'store'])
  staff('signedIn').get('/bulk-runs/:id', [BulkRuns, 'show'])
  staff('signedIn').get('/bulk-runs/:id/state', [BulkStates, 'show'])
  staff('signedIn').get('/bulk-runs/:id/skipped', [SkippedRows, 'show'])
}
