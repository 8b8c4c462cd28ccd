import { execute, sql, type Transaction } from '#core/database'
import { choice, date, defineObject, deleteRow, text } from '#core/objects'

/** Days that are off although they are weekdays, and weekends that are worked. Saturdays and Sundays need no row. */
export const dayOffObject = defineObject({
  name: 'day_off',
  table: 'days_off',
  path: 'days-off',
  title: (row) => sql`concat_ws(' ', to_char(${row}.day, 'DD.MM.YYYY'), ${row}.name)`,
  fields: {
    day: date({ required: true, sortable: true }),
    name: text({ max: 200 }),
    kind: choice(['off', 'working'], { required: true, initial: 'off' }),
  },
  columns: ['day', 'name', 'kind', 'id', 'createdAt', 'updatedAt'],
  create: ['day', 'name', 'kind'],
  sort: '-day',
  small: true,
  rights: { administrator: ['read', 'create', 'edit', 'delete', 'export', 'import'], marketer: ['read'] },
  importable: { match: ['day'], apply: (_stage, _mapped, trx) => setDueDates(trx) },
  verbs: {
    after: (_id, _values, trx) => setDueDates(trx),
    remove: async (id, trx) => {
      await deleteRow('days_off', id, trx)
      await setDueDates(trx)
    },
  },
})

/** Requests that wait are due by the days that are known now; the ten days are those of the column's default. */
async function setDueDates(trx: Transaction) {
  await execute(
    sql`update privacy_requests set due_on = working_days_after(created_at::date, 10)
      where state in ('open', 'running') and due_on <> working_days_after(created_at::date, 10)`,
    trx
  )
}
