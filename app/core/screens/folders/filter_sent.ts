import { filterFrom } from '#core/filters'
import { type ObjectDefinition, type Reader } from '#core/objects'
import { storedFilter } from '../list/stored_filters.js'

/** The filter as text that the compiler has read; what it refuses is no folder. */
export async function filterSent(sent: unknown, object: ObjectDefinition, reader: Reader): Promise<string> {
  const text = typeof sent === 'string' ? sent : ''
  const written = text.startsWith('~') ? await storedFilter(text.slice(1), object) : text
  return JSON.stringify(filterFrom(written, object, reader))
}
