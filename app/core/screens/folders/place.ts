import { moved, type ObjectDefinition, type Way } from '#core/objects'
import { keepSettings, listSettings, type FilterPreferences } from '../list/list_settings.js'

/** Where a folder stands for one person; nobody else notices. */
type Placing = Way | 'pin' | 'unpin' | 'default' | 'notDefault'

const MOST_PINNED = 100

const placings: Record<Placing, (id: number, liked: FilterPreferences) => Partial<FilterPreferences>> = {
  pin: (id, { pinned }) => ({ pinned: [...pinned.filter((one) => one !== id), id].slice(-MOST_PINNED) }),
  unpin: (id, { pinned }) => ({ pinned: pinned.filter((one) => one !== id) }),
  up: (id, { pinned }) => ({ pinned: moved(pinned, id, 'up') }),
  down: (id, { pinned }) => ({ pinned: moved(pinned, id, 'down') }),
  default: (id) => ({ defaultFolder: id }),
  notDefault: () => ({ defaultFolder: null }),
}

export const isPlacing = (word: unknown): word is Placing => typeof word === 'string' && Object.hasOwn(placings, word)

export async function place(folder: { id: number }, object: ObjectDefinition, staffId: number, placing: Placing) {
  const liked = await listSettings(object, staffId)
  await keepSettings(object, staffId, placings[placing](folder.id, liked))
}
