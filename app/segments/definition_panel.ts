import { describe, everything, knownTo } from '#core/filters'
import { labelOf, objects, type Panel, type Reader } from '#core/objects'
import { segmentOf } from './segment.js'

export const definitionPanel: Panel = {
  name: 'definition',
  tab: 'definition',
  view: 'segments::components/definition',
  load: definition,
}

/** Who is in the segment and what its file holds, to be read and changed. */
export async function definition(id: number, reader: Reader) {
  const segment = await segmentOf(id)
  const object = objects.get(segment.object)
  const known = knownTo(reader, segment.filter, object)
  return {
    segment,
    object,
    /** Whoever may not see what the filter asks about reads its sentence, and changes nothing. */
    known,
    draft: known ? segment.filter : everything,
    sentence: await describe(segment.filter, object, reader),
    columns: [...object.fields.values()]
      .filter((field) => field.name !== 'id')
      .map((field) => ({ name: field.name, label: labelOf(field, reader), chosen: segment.columns.includes(field.name) })),
    section: known && `/${object.path}?filter=${encodeURIComponent(JSON.stringify(segment.filter))}`,
  }
}
