import { identifier, rows, sql } from '#core/database'
import { before, countOf, during, perDay, rowSet, source, within, type Widget } from '#core/home'
import { objects, titles, type Reader } from '#core/objects'

const everybody = rowSet('user')

/** How many customers there are, and how many came (F112). */
export const customersWidget: Widget = {
  name: 'customers',
  order: 10,
  object: 'user',
  wide: true,
  load: async (period, reader) => {
    const came = within(everybody, during('createdAt', period))
    const cameBefore = within(everybody, during('createdAt', before(period)))
    const [total, now, earlier, points] = await Promise.all([
      countOf(everybody, reader), countOf(came, reader), countOf(cameBefore, reader), perDay(everybody, 'createdAt', period, reader),
    ])
    return {
      figures: [{ name: 'total', value: total, rows: everybody }, { name: 'new', value: now, before: earlier, rows: came }],
      chart: { kind: 'bar', measures: [{ name: 'new' }], points },
    }
  },
}

export const statusesWidget: Widget = {
  name: 'statuses',
  now: true,
  order: 40,
  object: 'user',
  load: async (_period, reader) => {
    const counted = await byStatus(reader)
    const named = await titles(objects.get('user_status'), counted.map(({ status }) => status), reader)
    const points = counted.map(({ status, count }) => ({
      label: named.find(({ id }) => id === status)?.title ?? `№ ${status}`,
      values: [count],
      rows: within(everybody, { field: 'status', operator: 'equal', value: [String(status)] }),
    }))
    return { chart: { kind: 'bars', measures: [{ name: 'customers' }], points } }
  },
}

function byStatus(reader: Reader) {
  return rows<{ status: number; count: number }>(
    sql`select ${identifier('t', 'status_id')} as status, count(*) as count from ${source(everybody, reader)} group by 1 order by 2 desc, 1`
  )
}

/** Who may be written to as an advertisement, with an address that is known to work (F34-F38). */
const byMail = rowSet(
  'user',
  { field: 'personalDataAgree', operator: 'equal', value: ['1'] },
  { field: 'communicationAgree', operator: 'equal', value: ['1'] },
  { field: 'isTest', operator: 'equal', value: ['0'] },
  { field: 'status.allowsSending', operator: 'equal', value: ['1'] },
  {
    relation: 'identifiers',
    operator: 'exists',
    where: {
      logic: 'and',
      of: [
        { field: 'type', operator: 'equal', value: ['email'] },
        { field: 'active', operator: 'equal', value: ['1'] },
        { field: 'confirmed', operator: 'equal', value: ['1'] },
        { field: 'deliverable', operator: 'in', value: ['ok', 'soft'] },
      ],
    },
  }
)

export const reachableWidget: Widget = {
  name: 'reachable',
  now: true,
  order: 70,
  object: 'user',
  load: async (_period, reader) => {
    const [total, reached] = await Promise.all([countOf(everybody, reader), countOf(byMail, reader)])
    return {
      figures: [
        { name: 'byMail', value: reached, rows: byMail },
        { name: 'share', value: total ? reached / total : 0, format: 'share' },
      ],
    }
  },
}
