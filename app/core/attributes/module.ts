import { defineModule } from '#core/modules'
import { attributeObject } from './attribute_object.js'
import { buildMissing } from './build_missing.js'
import { clearJob } from './clear_job.js'
import { indexJob } from './index_job.js'
import { readAttributes } from './read_attributes.js'

const AttributeDeletions = () => import('./attribute_deletions_controller.js')

export default defineModule({
  name: 'attributes',
  menu: [{ group: 'administration', name: 'attributes', path: '/attributes', object: 'attribute' }],
  objects: [attributeObject],
  jobs: [indexJob, clearJob],
  changes: readAttributes,
  prepare: buildMissing,
  routes({ staff }) {
    staff('delete', 'attribute').get('/attributes/:id/deletion', [AttributeDeletions, 'create'])
    staff('delete', 'attribute').post('/attributes/:id/deletion', [AttributeDeletions, 'store'])
  },
})
