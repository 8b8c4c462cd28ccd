import { type Panel } from '#core/objects'
import { placesOf } from './places_of.js'

/** On the card of a person: where they are signed in. */
export const placesPanel: Panel = {
  name: 'places',
  tab: 'access',
  view: 'access::components/staff_places',
  order: -1,
  load: async (id, reader) => ({ places: await placesOf(id, reader) }),
}
