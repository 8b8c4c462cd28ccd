import { type Panel } from '#core/objects'
import { messageOf } from './message.js'

export const messagePanel: Panel = {
  name: 'message',
  tab: 'message',
  view: 'communication::components/message',
  load: async (id, reader) => ({ message: reader.knows('inbox_message') ? await messageOf(id) : null }),
}
