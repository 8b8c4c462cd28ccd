import { defineModule } from '#core/modules'
import { sourceObject } from './source_object.js'

export default defineModule({
  name: 'campaigns',
  menu: [{ group: 'books', name: 'sources', path: '/sources', object: 'source' }],
  objects: [sourceObject],
})
