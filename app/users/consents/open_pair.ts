import { type Transaction } from '#core/database'
import { wholeBooks, type Books } from './books.js'
import { EVERYTHING, samePair, type Pair } from './cells.js'
import { regimeOf, setRegime } from './regime.js'
import { type Origin } from './said_by.js'
import { choose, pairsIn, resubscribe, unchoose, type unsubscribe } from './unsubscriptions.js'

interface Opening {
  userId: number
  named: Pair
  /** Who had not agreed to advertising before got nothing. */
  agreed: boolean
}

/**
 * From now on a customer gets what is named and, beside that, nothing that they did not get: neither what has no category nor what comes to
 * be offered later. Where they had left more than is named, only what they got and what is named is left to them, as their choice
 * ("agree only to"). Answers whether this was new. Whoever calls holds the customer (`lockPerson`).
 */
export async function openPair({ userId, named, agreed }: Opening, origin: Origin, trx: Transaction): Promise<boolean> {
  const regime = agreed ? await regimeOf(userId, trx) : 'only'
  const chosen = await pairsIn('subscribe', userId, trx)
  const closing = (await pairsIn('unsubscribe', userId, trx)).filter((left) => meet(left, named))
  const wider = closing.filter((left) => !within(left, named))
  const change = changing(userId, origin, trx)
  if (agreed && regime === 'except' && !wider.length) return change(resubscribe, closing)

  const got = agreed ? without(regime === 'only' ? chosen : [EVERYTHING], wider, await wholeBooks('en', trx)) : []
  const wanted = got.some((pair) => within(named, pair)) ? got : [...got, named]
  const changed = [
    await setRegime(userId, 'only', origin, trx),
    await change(unchoose, chosen.filter((old) => !wanted.some((one) => samePair(one, old)))),
    await change(resubscribe, closing),
    await change(choose, wanted.filter((one) => !chosen.some((old) => samePair(one, old)))),
  ]
  return changed.includes(true)
}

/** What of these pairs remains where others were left: they themselves, whole channels, or single cells. */
function without(pairs: Pair[], left: Pair[], { channels, categories }: Books): Pair[] {
  return pairs.flatMap((pair) => {
    if (!left.some((gone) => meet(gone, pair))) return [pair]
    return channels
      .map(({ id }) => ({ channelId: id, categoryId: pair.categoryId }))
      .filter((whole) => within(whole, pair))
      .flatMap((whole) => (left.some((gone) => meet(gone, whole)) ? categories.map(({ id }) => ({ ...whole, categoryId: id })) : [whole]))
      .filter((one) => within(one, pair) && !left.some((gone) => meet(gone, one)))
  })
}

function changing(userId: number, origin: Origin, trx: Transaction) {
  return async (verb: typeof unsubscribe, pairs: Pair[]) => {
    for (const pair of pairs) await verb({ userId, ...pair }, origin, trx)
    return pairs.length > 0
  }
}

/** Null stands for all. */
const meets = (one: number | null, other: number | null) => one === null || other === null || one === other

const meet = (one: Pair, other: Pair) => meets(one.channelId, other.channelId) && meets(one.categoryId, other.categoryId)

const within = ({ channelId, categoryId }: Pair, wide: Pair) =>
  (wide.channelId === null || wide.channelId === channelId) && (wide.categoryId === null || wide.categoryId === categoryId)
