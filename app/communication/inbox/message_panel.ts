import { type Panel } from '#core/objects'
import { messageOf } from './message.js'

export const messagePanel: Panel = {
  name: 'message',
  tab: 'message',
  view: 'communication::components/message',
  load: async (id) => ({ message: await messageOf(id) }),
}
