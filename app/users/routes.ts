import { type RouteGroups } from '#core/access'
import { accounts } from './accounts/part.js'

const Blocks = () => import('./standing/blocks_controller.js')
const FraudMarks = () => import('./standing/fraud_marks_controller.js')
const Acts = () => import('./erasure/acts_controller.js')
const Executions = () => import('./erasure/executions_controller.js')
const Refusals = () => import('./erasure/refusals_controller.js')
const PersonFiles = () => import('./person_file/person_files_controller.js')
const Dismissals = () => import('./merge/dismissals_controller.js')
const DuplicateMerges = () => import('./merge/duplicate_merges_controller.js')
const Pairs = () => import('./merge/pairs_controller.js')
const Undoings = () => import('./merge/undoings_controller.js')
const Unblocks = () => import('./standing/unblocks_controller.js')

export function routes(groups: RouteGroups) {
  const { staff } = groups
  accounts.routes(groups)
  staff('edit', 'user').get('/users/:id/blocks/create', [Blocks, 'create'])
  staff('edit', 'user').post('/users/:id/blocks', [Blocks, 'store'])
  staff('edit', 'user').get('/users/:id/fraud-marks/create', [FraudMarks, 'create'])
  staff('edit', 'user').post('/users/:id/fraud-marks', [FraudMarks, 'store'])
  staff('edit', 'user').post('/users/:id/unblocks', [Unblocks, 'store'])
  staff('edit', 'user').get('/users/:id/pairs/create', [Pairs, 'create'])
  staff('edit', 'user').post('/users/:id/pairs', [Pairs, 'store'])
  staff('edit', 'user_duplicate').post('/duplicates/:id/merges', [DuplicateMerges, 'store'])
  staff('edit', 'user_duplicate').post('/duplicates/:id/dismissals', [Dismissals, 'store'])
  staff('edit', 'user_duplicate').post('/duplicates/:id/openings', [Dismissals, 'destroy'])
  staff('edit', 'user_merge').post('/merges/:id/undoings', [Undoings, 'store'])
  staff('carryOut', 'privacy_request').post('/privacy-requests/:id/executions', [Executions, 'store'])
  staff('carryOut', 'privacy_request').post('/privacy-requests/:id/refusals', [Refusals, 'store'])
  staff('carryOut', 'privacy_request').get('/privacy-requests/:id/file', [PersonFiles, 'show'])
  staff('read', 'privacy_request').get('/privacy-requests/:id/act', [Acts, 'show'])
}
