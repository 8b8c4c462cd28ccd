import { defineModule } from '#core/modules'
import { attributeObject } from './attribute_object.js'
import { indexJob } from './index_job.js'
import { readAttributes } from './read_attributes.js'

export default defineModule({
  name: 'attributes',
  menu: [{ group: 'administration', name: 'attributes', path: '/attributes', object: 'attribute' }],
  objects: [attributeObject],
  jobs: [indexJob],
  changes: readAttributes,
})
