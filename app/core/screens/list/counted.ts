import { conditionOf } from '#core/filters'
import { type Reader } from '#core/objects'
import { type ListView } from './list_view.js'
import { type Counted } from './total.js'

/** What the counter of a list counts. */
export function countedBy({ object, filter, search }: Pick<ListView, 'object' | 'filter' | 'search'>, reader: Reader): Counted {
  return {
    object,
    where: conditionOf({ object, filter, search }, reader),
    question: JSON.stringify([filter, search, reader.timezone]),
    all: !filter.of.length && !search,
  }
}
