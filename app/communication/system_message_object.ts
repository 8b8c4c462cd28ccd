import { sql } from '#core/database'
import { defineObject, integer, text } from '#core/objects'
import { inBox } from './inbox/box.js'
import { messagePanel } from './inbox/message_panel.js'

/** A mail of the product to one of its staff that the built-in inbox caught, since no server for such mail is set up. */
export const systemMessageObject = defineObject({
  name: 'system_message',
  table: 'inbox_messages',
  path: 'system-mail',
  without: ['updatedAt'],
  scope: (row) => inBox('system-mail', row),
  title: (row) => sql`${row}.subject`,
  fields: {
    recipient: text({ readonly: true, sortable: true }),
    subject: text({ readonly: true }),
    size: integer({ readonly: true }),
  },
  columns: ['id', 'createdAt', 'recipient', 'subject', 'size'],
  card: ['recipient', 'subject', 'size', 'createdAt'],
  tabs: ['message'],
  panels: [messagePanel('system-mail')],
  attributes: 'none',
  rights: { administrator: ['read'] },
  /** Its links open accounts. */
  reserved: ['read'],
})
