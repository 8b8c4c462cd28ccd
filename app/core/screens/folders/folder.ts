import { belongsTo, defineObject, flag, text, type ObjectDefinition } from '#core/objects'

/** A saved filter of a section (F14), private to who saved it or shared with everybody. */
export interface Folder {
  id: number
  name: string
  /** JSON of the filter. */
  filter: string
  shared: boolean
  staffId: number
}

/** Text to who writes it, of which PostgreSQL keeps what it means. */
const written = { ...text({ format: 'code' }), type: { ...text().type, sqlType: 'jsonb' } }

/** Written like any other row, with its errors at their fields and a line in the audit log, but by rules of its own. */
export const folderObject: ObjectDefinition = defineObject({
  name: 'folder',
  table: 'folders',
  fields: {
    staff: belongsTo('staff'),
    object: text(),
    name: text({ required: true, max: 100 }),
    filter: written,
    shared: flag(),
  },
  attributes: 'none',
  rights: {},
})
