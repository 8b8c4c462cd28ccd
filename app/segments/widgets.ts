import { rows, sql } from '#core/database'
import { type Widget } from '#core/home'
import { dateTime, integer, show } from '#core/objects'

const FEW = 6

interface Recounted {
  id: number
  name: string
  count: number
  recountedAt: Date
}

/** Segments whose members were counted last. */
export const segmentsWidget: Widget = {
  name: 'segments',
  now: true,
  order: 80,
  object: 'segment',
  load: async (_period, reader) => {
    const found = await rows<Recounted>(
      sql`select id, name, count, recounted_at as "recountedAt" from segments
        where recounted_at is not null and deleted_at is null
        order by recounted_at desc, id desc limit ${FEW}`
    )
    const lines = found.map(({ id, name, count, recountedAt }) => ({
      text: name,
      about: `${show(integer(), count, reader)} · ${show(dateTime(), recountedAt, reader)}`,
      href: `/segments/${id}`,
    }))
    return lines.length ? { lines } : { empty: 'none' }
  },
}
