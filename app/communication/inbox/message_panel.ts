import { type Panel } from '#core/objects'
import { type Box } from './box.js'
import { messageOf } from './message.js'

export const messagePanel = (box: Box): Panel => ({
  name: 'message',
  tab: 'message',
  view: 'communication::components/message',
  load: async (id, reader) => ({ message: reader.knows('inbox_message') ? await messageOf(id, box) : null }),
})
