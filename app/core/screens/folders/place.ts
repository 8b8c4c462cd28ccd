import { type ObjectDefinition } from '#core/objects'
import { filterPreferences, keepPreferences, type FilterPreferences } from './preferences.js'

/** Where a folder stands for one person; nobody else notices. */
export type Placing = 'pin' | 'unpin' | 'up' | 'down' | 'default' | 'notDefault'

const MOST_PINNED = 100

const placings: Record<Placing, (id: number, liked: FilterPreferences) => Partial<FilterPreferences>> = {
  pin: (id, { pinned }) => ({ pinned: [...pinned.filter((one) => one !== id), id].slice(-MOST_PINNED) }),
  unpin: (id, { pinned }) => ({ pinned: pinned.filter((one) => one !== id) }),
  up: (id, { pinned }) => ({ pinned: swapped(pinned, pinned.indexOf(id) - 1) }),
  down: (id, { pinned }) => ({ pinned: swapped(pinned, pinned.indexOf(id)) }),
  default: (id) => ({ defaultFolder: id }),
  notDefault: () => ({ defaultFolder: null }),
}

export const isPlacing = (word: unknown): word is Placing => typeof word === 'string' && Object.hasOwn(placings, word)

export async function place(folder: { id: number }, object: ObjectDefinition, staffId: number, placing: Placing) {
  const liked = await filterPreferences(object, staffId)
  await keepPreferences(object, staffId, placings[placing](folder.id, liked))
}

/** The folder at `index` changes places with the next one. */
function swapped(ids: number[], index: number): number[] {
  if (index < 0 || index + 1 >= ids.length) return ids
  return ids.with(index, ids[index + 1]).with(index + 1, ids[index])
}
