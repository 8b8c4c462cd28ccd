import { sql } from '#core/database'
import { defineObject, integer, text } from '#core/objects'
import { inBox } from './inbox/box.js'
import { messagePanel } from './inbox/message_panel.js'

/** A mail that the built-in inbox caught instead of the world. */
export const inboxMessageObject = defineObject({
  name: 'inbox_message',
  table: 'inbox_messages',
  path: 'inbox',
  without: ['updatedAt'],
  scope: (row) => inBox('inbox', row),
  /** Macros put names into subjects. */
  personalTitle: true,
  title: (row) => sql`${row}.subject`,
  fields: {
    recipient: text({ readonly: true, sortable: true, personal: true }),
    subject: text({ readonly: true, personal: true }),
    sender: text({ readonly: true }),
    messageId: text({ readonly: true }),
    size: integer({ readonly: true }),
  },
  columns: ['id', 'createdAt', 'recipient', 'subject', 'sender', 'size'],
  card: ['recipient', 'subject', 'sender', 'messageId', 'size', 'createdAt'],
  tabs: ['message'],
  panels: [messagePanel('inbox')],
  buttons: [{ name: 'raw', href: (id) => `/inbox/${id}/raw`, right: 'personal' }],
  attributes: 'none',
  rights: { marketer: ['read', 'personal'], viewer: ['read', 'reveal'] },
})
