import { InvalidFilter, knownTo, type Group } from '#core/filters'
import { InvalidFields, objects, UnknownName, worded, type HistoryPart } from '#core/objects'
import { define, type Definition } from './define.js'
import { segmentOf } from './segment.js'

/** Who was in a segment before, and what its file held, may come back. */
export const definitionHistory: HistoryPart = {
  names: () => ['filter', 'columns'],
  label: (name, reader) => worded(reader, `history.fields.${name}`) ?? name,
  right: 'edit',
  async revert(id, { before, after }, { actor, reader, trx }) {
    const now = await segmentOf(id, trx)
    if (!same(now, after as unknown as Definition)) throw InvalidFields.at('id', 'changedSince')
    const former = before as unknown as Definition
    try {
      for (const filter of [now.filter, former.filter]) refuseHidden(filter)
      await define(id, former, actor, trx)
    } catch (error) {
      if (error instanceof InvalidFilter || error instanceof UnknownName) throw InvalidFields.at('id', 'noLongerWritten')
      throw error
    }

    /** Whoever may not see what a filter asks about changes nothing of it. */
    function refuseHidden(filter: Group) {
      if (!knownTo(reader, filter, objects.get(now.object))) throw InvalidFields.at('id', 'noLongerWritten')
    }
  },
}

const same = (one: Definition, other: Definition) => written(one) === written(other)

/** Both lie as jsonb, which has one order of keys. */
const written = ({ filter, columns }: Definition) => JSON.stringify([filter, columns])
