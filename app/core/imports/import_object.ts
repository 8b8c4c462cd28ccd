import { belongsTo, choice, dateTime, defineObject, integer, text, worded, type Reader } from '#core/objects'
import { outcomePanel } from './outcome_panel.js'
import { removeImport } from './remove_import.js'

/** Called `good` in code, and by what people call goods. */
function objectName() {
  const plain = text({ readonly: true, sortable: true })
  const show = (value: string, _field: unknown, reader: Reader) => worded(reader, `${value}.many`) ?? value
  return { ...plain, type: { ...plain.type, show } }
}

/** Files that were imported, and what came of them. */
export const importObject = defineObject({
  name: 'import',
  table: 'imports',
  path: 'imports',
  fields: {
    name: text({ readonly: true, sortable: true }),
    object: objectName(),
    state: choice(['draft', 'running', 'done', 'failed', 'cancelled'], { readonly: true, sortable: true }),
    lines: integer({ readonly: true }),
    created: integer({ readonly: true, column: 'created_rows' }),
    updated: integer({ readonly: true, column: 'updated_rows' }),
    unchanged: integer({ readonly: true, column: 'unchanged_rows' }),
    rejected: integer({ readonly: true, column: 'rejected_rows' }),
    staff: belongsTo('staff', { readonly: true, sortable: true }),
    startedAt: dateTime({ readonly: true }),
    finishedAt: dateTime({ readonly: true, sortable: true }),
  },
  columns: ['id', 'createdAt', 'name', 'object', 'state', 'lines', 'created', 'updated', 'rejected', 'finishedAt', 'staff'],
  sort: '-createdAt',
  create: ['name'],
  /** What changes while a worker is at it stands in the panel, which draws itself anew. */
  card: ['name', 'object', 'staff', 'createdAt'],
  tabs: ['result'],
  panels: [outcomePanel],
  buttons: [
    {
      name: 'mapping',
      href: (id) => `/imports/${id}/mapping`,
      right: 'edit',
      primary: true,
      when: ({ state }) => state === 'draft',
    },
  ],
  attributes: 'none',
  rights: { marketer: ['read', 'create', 'edit', 'delete'] },
  verbs: { remove: removeImport },
})
