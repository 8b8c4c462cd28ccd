import { definePart } from '#core/modules'
import { liftBlocksJob } from './lift_blocks_job.js'
import { stopListObject } from './stop_list_object.js'

const Blocks = () => import('./blocks_controller.js')
const FraudMarks = () => import('./fraud_marks_controller.js')
const Unblocks = () => import('./unblocks_controller.js')

/** Who is served, who is not for a time, and who never (F29). */
export const standing = definePart({
  objects: [stopListObject],
  jobs: [liftBlocksJob],
  routes({ staff }) {
    const overUsers = staff('edit', 'user')
    overUsers.get('/users/:id/blocks/create', [Blocks, 'create'])
    overUsers.post('/users/:id/blocks', [Blocks, 'store'])
    overUsers.get('/users/:id/fraud-marks/create', [FraudMarks, 'create'])
    overUsers.post('/users/:id/fraud-marks', [FraudMarks, 'store'])
    overUsers.post('/users/:id/unblocks', [Unblocks, 'store'])
  },
})
