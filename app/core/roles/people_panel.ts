import { rows, sql } from '#core/database'
import { type Panel } from '#core/objects'

const SHOWN = 100

/** Who has the role: `staff.role` is a code, so it is no relation that a card would show by itself. */
export const peoplePanel: Panel = {
  name: 'people',
  tab: 'people',
  view: 'roles::components/people',
  load: async (id) => ({
    people: await rows<{ id: number; name: string; email: string; active: boolean }>(
      sql`select staff.id, staff.name, staff.email, staff.active from staff join roles on roles.code = staff.role
        where roles.id = ${id} order by staff.active desc, staff.name limit ${SHOWN}`
    ),
  }),
}
