import { type RouteGroups } from '#core/access'

const Definitions = () => import('./segment_definitions_controller.js')
const Filtered = () => import('./filtered_segments_controller.js')
const Recounts = () => import('./segment_recounts_controller.js')
const VersionExports = () => import('./version_exports_controller.js')
const Versions = () => import('./segment_versions_controller.js')

export function routes({ staff }: RouteGroups) {
  staff('edit', 'segment').post('/segments/:id/definition', [Definitions, 'update'])
  staff('create', 'segment').get('/segments/from-filter', [Filtered, 'create'])
  staff('create', 'segment').post('/segments/from-filter', [Filtered, 'store'])
  staff('recount', 'segment').post('/segments/:id/recounts', [Recounts, 'store'])
  staff('read', 'segment').get('/segments/:id/versions', [Versions, 'index'])
  staff('export', 'segment').get('/segments/:id/versions/:version/exports/create', [VersionExports, 'create'])
  staff('export', 'segment').post('/segments/:id/versions/:version/exports', [VersionExports, 'store'])
}
