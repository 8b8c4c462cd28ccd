import { type Panel } from '#core/objects'
import { invitationState } from '../links/invitation_state.js'
import { placesOf } from './places_of.js'

/** On the card of a person: how they come in, and where they are in. */
export const placesPanel: Panel = {
  name: 'places',
  tab: 'access',
  view: 'access::components/staff_places',
  order: -1,
  load: async (id, reader) => ({ invitation: await invitationState(id, reader), places: await placesOf(id, reader) }),
}
