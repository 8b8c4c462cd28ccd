import { defineModule } from '#core/modules'
import { couponTypeObject } from './coupon_type_object.js'

export default defineModule({
  name: 'coupons',
  menu: [{ group: 'books', name: 'couponTypes', path: '/coupon-types', object: 'coupon_type' }],
  objects: [couponTypeObject],
})
