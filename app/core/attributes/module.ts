import { defineModule } from '#core/modules'
import { attributeObject } from './attribute_object.js'

export default defineModule({
  name: 'attributes',
  menu: [{ group: 'administration', name: 'attributes', path: '/attributes', object: 'attribute' }],
  objects: [attributeObject],
})
