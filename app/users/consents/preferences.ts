import { row, sql, transaction, type Transaction } from '#core/database'
import { type Reader } from '#core/objects'
import { lockPerson } from '../merge/lock_person.js'
import { offeredBooks, type Books, type Choosable } from './books.js'
import { cellOf, cellsOf, covers, EVERYTHING, samePair, type Pair } from './cells.js'
import { setRegime, type Regime } from './regime.js'
import { type Origin } from './said_by.js'
import { choose, pairsIn, resubscribe, unchoose, unsubscribe, type List } from './unsubscriptions.js'

/** What a customer gets and does not get: every category that is offered by every such channel (F40). */
export interface Preferences extends Books {
  regime: Regime
  /** Agrees to advertising at all: without that nothing that is kept is sent (F35). */
  agreed: boolean
  /** `channel:category` of what the customer does get. */
  kept: Set<string>
}

export async function preferencesOf(userId: number, locale: Reader['locale'], trx?: Transaction): Promise<Preferences> {
  const { channels, categories } = await offeredBooks(locale, trx)
  const { regime, agreed } = await heldTo(userId, trx)
  const gone = await pairsIn('unsubscribe', userId, trx)
  const chosen = regime === 'only' ? await pairsIn('subscribe', userId, trx) : [EVERYTHING]
  const kept = new Set<string>()
  for (const channel of channels) {
    for (const category of categories) {
      const met = (pair: Pair) => covers(pair, channel.id, category.id)
      if (chosen.some(met) && !gone.some(met)) kept.add(cellOf(channel.id, category.id))
    }
  }
  return { regime, agreed, channels, categories, kept }
}

async function heldTo(userId: number, trx?: Transaction): Promise<Pick<Preferences, 'regime' | 'agreed'>> {
  const found = await row<{ regime: Regime; agreed: boolean }>(
    sql`select communication_regime as regime, communication_agree as agreed from users where id = ${userId}`,
    trx
  )
  return found ?? { regime: 'except', agreed: false }
}

/**
 * Makes what a customer left, and what they chose, say exactly what was ticked; what was not shown stays as it was. Answers whether
 * they left something.
 */
export async function savePreferences(user: number, kept: Set<string>, regime: Regime, origin: Origin, trx?: Transaction): Promise<boolean> {
  if (!trx) return transaction((own) => savePreferences(user, kept, regime, origin, own))
  const userId = await lockPerson(user, trx)
  const shown = await preferencesOf(userId, 'ru', trx)
  await setRegime(userId, regime, origin, trx)
  const settle = settling(userId, shown, origin, trx)
  if (regime === 'except') {
    await settle('subscribe', [], choose, unchoose)
    return settle('unsubscribe', pairs(shown, (cell) => !kept.has(cell)), unsubscribe, resubscribe)
  }
  const left = [...shown.kept].some((cell) => !kept.has(cell))
  await settle('unsubscribe', [], unsubscribe, resubscribe)
  await settle('subscribe', chosenCells(shown, kept, await pairsIn('subscribe', userId, trx)), choose, unchoose)
  return left
}

type Verb = typeof unsubscribe

/** Makes a list hold exactly these pairs of what was shown; answers whether any was added. */
function settling(userId: number, shown: Preferences, origin: Origin, trx: Transaction) {
  return async (list: List, wanted: Pair[], add: Verb, take: Verb) => {
    const before = await pairsIn(list, userId, trx)
    const stale = before.filter((old) => wasShown(old, shown) && !wanted.some((one) => samePair(one, old)))
    const added = wanted.filter((one) => !before.some((old) => samePair(one, old)))
    for (const pair of stale) await take({ userId, ...pair }, origin, trx)
    for (const pair of added) await add({ userId, ...pair }, origin, trx)
    return added.length > 0
  }
}

/** Each cell by itself, as nobody chooses what is not offered yet; what was chosen as a whole stays so where all of it is kept. */
function chosenCells(shown: Preferences, kept: Set<string>, before: Pair[]): Pair[] {
  const whole = before.filter((pair) => cellsOf(shown, pair).every((cell) => kept.has(cell)))
  const cells = shown.channels.flatMap(({ id }) => shown.categories.map((category) => ({ channelId: id, categoryId: category.id })))
  const single = cells.filter(({ channelId, categoryId }) => kept.has(cellOf(channelId, categoryId)) && !whole.some((pair) => covers(pair, channelId, categoryId)))
  return [...whole, ...single]
}

/** The cells that meet a condition, one pair where it says the same as many: everything, or a whole channel. */
function pairs({ channels, categories }: Preferences, met: (cell: string) => boolean): Pair[] {
  const metIn = ({ id }: Choosable) => categories.filter((category) => met(cellOf(id, category.id)))
  const whole = channels.filter((channel) => metIn(channel).length === categories.length)
  if (whole.length === channels.length) return [EVERYTHING]
  return channels.flatMap<Pair>((channel) =>
    whole.includes(channel)
      ? [{ channelId: channel.id, categoryId: null }]
      : metIn(channel).map((category) => ({ channelId: channel.id, categoryId: category.id }))
  )
}

/** Empty stands for all, and all were shown. */
const wasShown = ({ channelId, categoryId }: Pair, { channels, categories }: Preferences) =>
  among(channels, channelId) && among(categories, categoryId)

const among = (books: Choosable[], id: number | null) => id === null || books.some((book) => book.id === id)
