import { type Reader } from '#core/objects'
import { countOf } from './figures.js'
import { attentions } from './registry.js'
import { type Widget } from './widget.js'

/** What somebody has to look after, of all sections; nothing is good news. */
export const attentionWidget: Widget = {
  name: 'attention',
  now: true,
  order: 20,
  load: async (_period, reader: Reader) => {
    const counted = await Promise.all(attentions.map(async (one) => ({ ...one, count: await countOf(one, reader) })))
    const lines = counted
      .filter(({ count }) => count > 0)
      .map(({ name, object, filter, count }) => ({
        text: reader.t(`attention.${name}`, { count }), object, rows: { object, filter }, tone: 'bad' as const,
      }))
    return lines.length ? { lines } : { empty: 'none' }
  },
}
