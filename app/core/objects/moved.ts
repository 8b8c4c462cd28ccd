/** One place towards the beginning or the end of a list. */
export const ways = ['up', 'down'] as const
export type Way = (typeof ways)[number]

export const isWay = (word: unknown): word is Way => ways.some((way) => way === word)

/** A list in which one item has changed places with its neighbour; at the ends, and for what is not in it, nothing changes. */
export function moved<Item>(items: Item[], item: Item, way: Way): Item[] {
  const from = items.indexOf(item)
  const to = from + (way === 'up' ? -1 : 1)
  if (from < 0 || to < 0 || to >= items.length) return items
  return items.with(from, items[to]).with(to, item)
}
