import { sql } from '#core/database'
import { book } from '#core/books'
import { integer } from '#core/objects'

/**
 * Labels that other systems and staff put on customers: "likes offers", "VIP". The code is what a file or another system calls one. Of how
 * many customers it is known is told at each.
 */
export const labelObject = book({
  name: 'label',
  table: 'labels',
  path: 'labels',
  fields: {
    customers: integer({
      sql: (row) => sql`(select count(*) from user_labels h join users u on u.id = h.user_id and u.deleted_at is null where h.label_id = ${row}.id)`,
    }),
  },
  card: { card: ['nameRu', 'nameEn', 'code', 'customers', 'position', 'active', 'createdAt', 'updatedAt'], tabs: ['holders'] },
})
