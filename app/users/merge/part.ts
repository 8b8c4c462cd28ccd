import { definePart } from '#core/modules'
import { readMerged } from '#core/objects'
import { userObject } from '../user_object.js'
import { duplicateObject } from './duplicate_object.js'
import { findDuplicatesJob } from './find_duplicates_job.js'
import { mergeObject } from './merge_object.js'
import { userMerged, userParted } from './signals.js'

const Dismissals = () => import('./dismissals_controller.js')
const DuplicateMerges = () => import('./duplicate_merges_controller.js')
const Pairs = () => import('./pairs_controller.js')
const DuplicateSearches = () => import('./duplicate_searches_controller.js')
const Undoings = () => import('./undoings_controller.js')

/** Several rows of one person become one, and part again (F27). */
export const merge = definePart({
  objects: [duplicateObject, mergeObject],
  signals: [userMerged, userParted],
  jobs: [findDuplicatesJob],
  routes({ staff }) {
    staff('edit', 'user').get('/users/:id/pairs/create', [Pairs, 'create'])
    staff('edit', 'user').post('/users/:id/pairs', [Pairs, 'store'])
    staff('edit', 'user_duplicate').get('/duplicates/search', [DuplicateSearches, 'show'])
    staff('edit', 'user_duplicate').post('/duplicates/search', [DuplicateSearches, 'store'])
    staff('edit', 'user_duplicate').post('/duplicates/:id/merges', [DuplicateMerges, 'store'])
    staff('edit', 'user_duplicate').post('/duplicates/:id/dismissals', [Dismissals, 'store'])
    staff('edit', 'user_duplicate').post('/duplicates/:id/openings', [Dismissals, 'destroy'])
    staff('edit', 'user_merge').post('/merges/:id/undoings', [Undoings, 'store'])
  },
  changes: () => readMerged(userObject),
})
