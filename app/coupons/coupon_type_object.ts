import { book } from '#core/books'

/** What a coupon is for the one who scans it: a code to type, a barcode (F77). */
export const couponTypeObject = book({
  name: 'coupon_type',
  table: 'coupon_types',
  path: 'coupon-types',
  builtIn: () => ['coupon', 'barcode'],
})
