import { may, type Staff } from '#core/access'
import { execute, row, sql } from '#core/database'
import { widgets } from './registry.js'
import { type Widget } from './widget.js'

interface Layout {
  /** Names in the order of the person; those that they never placed come last. */
  placed: string[]
  hidden: string[]
}

/** Widgets that a person may see, in their order; `hidden` ones too, for the page on which they are arranged. */
export async function arranged(staff: Staff): Promise<{ widget: Widget; hidden: boolean }[]> {
  const { placed, hidden } = await layoutOf(staff.id)
  const place = ({ name }: Widget) => (placed.includes(name) ? placed.indexOf(name) : placed.length)
  return widgets
    .filter(({ object }) => !object || may(staff, 'read', object))
    .sort((left, right) => place(left) - place(right))
    .map((widget) => ({ widget, hidden: hidden.includes(widget.name) }))
}

async function layoutOf(staffId: number): Promise<Layout> {
  const kept = await row<Layout>(sql`select placed, hidden from home_layouts where staff_id = ${staffId}`)
  return kept ?? { placed: [], hidden: [] }
}

export async function keepLayout(staffId: number, { placed, hidden }: Layout) {
  await execute(
    sql`insert into home_layouts (staff_id, placed, hidden) values (${staffId}, ${placed}, ${hidden})
      on conflict (staff_id) do update set placed = excluded.placed, hidden = excluded.hidden`
  )
}
