import { type RouteGroups } from '#core/access'

const Exports = () => import('./pages/exports_controller.js')
const ExportFiles = () => import('./pages/export_files_controller.js')
const ExportStates = () => import('./pages/export_states_controller.js')

/** Whose an export is, is asked by each page: people see their own, administrators all. */
export function routes({ staff }: RouteGroups) {
  staff('signedIn').get('/exports', [Exports, 'index'])
  staff('signedIn').get('/exports/:id/file', [ExportFiles, 'show'])
  staff('signedIn').get('/exports/:id/state', [ExportStates, 'show'])
  staff('export', ':object').get('/exports/:object/create', [Exports, 'create'])
  staff('export', ':object').post('/exports/:object', [Exports, 'store'])
}
