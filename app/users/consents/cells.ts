import { InvalidFields } from '#core/objects'
import { type Books, type Choosable } from './books.js'
import { type Subject } from './unsubscriptions.js'

/** Null stands for all. */
export type Pair = Pick<Subject, 'channelId' | 'categoryId'>

export const EVERYTHING: Pair = { channelId: null, categoryId: null }

export const samePair = (one: Pair, other: Pair) => one.channelId === other.channelId && one.categoryId === other.categoryId

/** Where a channel and a category meet, as a form and a set name it. */
export const cellOf = (channelId: number, categoryId: number) => `${channelId}:${categoryId}`

export const covers = ({ channelId, categoryId }: Pair, channel: number, category: number) =>
  (channelId === null || channelId === channel) && (categoryId === null || categoryId === category)

/** The cells that a channel and a category stand for. */
export const cellsOf = ({ channels, categories }: Books, pair: Pair): string[] =>
  channels.flatMap(({ id }) => categories.filter((category) => covers(pair, id, category.id)).map((category) => cellOf(id, category.id)))

/** A channel and a category by their codes. Throws `InvalidFields` where a book has no such code. */
export const pairNamed = ({ channels, categories }: Books, channel?: string, category?: string): Pair => ({
  channelId: idNamed(channels, channel, 'channel'),
  categoryId: idNamed(categories, category, 'category'),
})

function idNamed(book: Choosable[], code: string | undefined, field: string): number | null {
  if (code === undefined) return null
  const found = book.find((one) => one.code === code)
  if (!found) throw InvalidFields.at(field, 'notInBook')
  return found.id
}
