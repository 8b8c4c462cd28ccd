import { row, sql, type Transaction } from '#core/database'
import { book } from '#core/books'
import { integer, InvalidFields, type Values } from '#core/objects'
import { calledBy, singleSpaced } from './set_labels.js'

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
      sql: (label) => sql`(select count(*) from user_labels h join users u on u.id = h.user_id and u.deleted_at is null where h.label_id = ${label}.id)`,
    }),
  },
  check: oneForOneName,
  card: { card: ['nameRu', 'nameEn', 'code', 'customers', 'position', 'active', 'createdAt', 'updatedAt'], tabs: ['holders'] },
})

/** Whoever says "vip" means the label "VIP": no other is called so, by its code or in either language. */
async function oneForOneName(values: Values, trx: Transaction, id = 0): Promise<Values> {
  const said = Object.entries(values).flatMap(([name, value]) => (called.includes(name) && typeof value === 'string' ? [[name, singleSpaced(value)] as const] : []))
  for (const [name, value] of said) {
    const taken = await row(sql`select from labels l where l.id <> ${id} and ${calledBy(sql`${value}::text`)} limit 1`, trx)
    if (taken) throw InvalidFields.at(name, 'labelTaken')
  }
  return { ...values, ...Object.fromEntries(said) }
}

const called = ['code', 'nameRu', 'nameEn']
