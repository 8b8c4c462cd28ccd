import { type RouteGroups } from '#core/access'

const Tables = () => import('./pages/tables_controller.js')
const TableFiles = () => import('./pages/table_files_controller.js')
const FoundTables = () => import('./pages/found_tables_controller.js')
const TableSections = () => import('./pages/table_sections_controller.js')
const FieldMoves = () => import('./pages/field_moves_controller.js')
const TableColumns = () => import('./pages/table_columns_controller.js')
const TableRemovals = () => import('./pages/table_removals_controller.js')

export function routes({ staff }: RouteGroups) {
  const maker = staff('create', 'custom_table')
  maker.get('/tables/create', [Tables, 'create'])
  maker.get('/tables/new', [Tables, 'edit'])
  maker.post('/tables/drafts', [Tables, 'update'])
  maker.post('/tables/files', [TableFiles, 'store'])
  maker.get('/tables/found', [FoundTables, 'index'])
  maker.post('/tables', [Tables, 'store'])
  staff('read', 'custom_table').get('/tables/:id/section', [TableSections, 'show'])
  staff('edit', 'attribute').post('/attributes/:id/moves', [FieldMoves, 'store'])
  staff('create', 'attribute').get('/tables/:id/columns/create', [TableColumns, 'create'])
  staff('create', 'attribute').post('/tables/:id/columns', [TableColumns, 'store'])
  staff('delete', 'custom_table').get('/tables/:id/removal', [TableRemovals, 'create'])
  staff('delete', 'custom_table').post('/tables/:id/removal', [TableRemovals, 'store'])
}
