import { everything, filterFrom, InvalidFilter, type Group } from '#core/filters'
import { type ObjectDefinition, type Reader } from '#core/objects'
import { storedFilter } from './stored_filters.js'

/** `problem`: it cannot be read, or is kept no more; the words are `core.problems.<problem>`. */
export interface FilterSaid {
  filter: Group
  problem?: 'filter' | 'filterLost'
}

/** What `?filter=` says, itself or by the hash under which it is kept. */
export async function filterSaid(text: string, object: ObjectDefinition, reader: Reader): Promise<FilterSaid> {
  const written = text.startsWith('~') ? await storedFilter(text.slice(1), object) : text
  if (written === undefined) return { filter: everything, problem: 'filterLost' }
  try {
    return { filter: filterFrom(written, object, reader) }
  } catch (error) {
    if (error instanceof InvalidFilter) return { filter: everything, problem: 'filter' }
    throw error
  }
}
