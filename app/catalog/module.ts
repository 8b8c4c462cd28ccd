import { defineModule } from '#core/modules'
import { categoryObject } from './category_object.js'
import { goodObject } from './good_object.js'
import { outletObject } from './outlet_object.js'

export default defineModule({
  name: 'catalog',
  menu: [
    { group: 'catalog', name: 'goods', path: '/goods', object: 'good', key: 'g' },
    { group: 'catalog', name: 'categories', path: '/categories', object: 'category' },
    { group: 'catalog', name: 'outlets', path: '/outlets', object: 'outlet' },
  ],
  objects: [categoryObject, goodObject, outletObject],
})
